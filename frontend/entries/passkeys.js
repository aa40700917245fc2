// Signing in with a passkey, and adding one: besides public.js or app.js.
import { startPasskeys } from "../js/passkeys.js";

startPasskeys();
