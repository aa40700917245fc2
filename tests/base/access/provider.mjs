// An identity provider for the tests: the certified `oidc-provider`, with fresh keys each start.
//   node provider.mjs PORT '{"clients": [...], "people": {"subject": {"name": …}}}'
import { Provider } from "oidc-provider";
import { exportJWK, generateKeyPair } from "jose";

const [port, told] = [Number(process.argv[2]), JSON.parse(process.argv[3])];
const issuer = `http://127.0.0.1:${port}`;
const { privateKey } = await generateKeyPair("RS256", { extractable: true });
const key = { ...(await exportJWK(privateKey)), use: "sig", alg: "RS256", kid: crypto.randomUUID() };
const provider = new Provider(issuer, {
  clients: told.clients,
  jwks: { keys: [key] },
  cookies: { keys: ["for-tests-only"] },
  claims: { openid: ["sub"], profile: ["name", "preferred_username", "org", "groups"] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...told.people[sub] }) }),
  loadExistingGrant: async ({ oidc }) => {
    const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope("openid profile");
    await grant.save();
    return grant;
  },
});
provider.listen(port, "127.0.0.1", () => console.log("ready"));
