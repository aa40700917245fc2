// Casting a ballot: besides public.js, on the page of a vote that runs.
import { startVoting } from "../js/vote.js";

startVoting();
