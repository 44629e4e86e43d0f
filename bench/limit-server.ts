// The limit: a bare HTTP server whose only work is to sign the token that a client-credentials request is answered with.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { generateKeyPair, SignJWT } from 'jose';

const { privateKey } = await generateKeyPair('ES256');
const server = createServer(async (request, response) => {
  request.resume();
  const accessToken = await new SignJWT({ jti: 'a'.repeat(43), scope: 'all', client_id: 'm'.repeat(21) })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'k'.repeat(43) })
    .setSubject('m'.repeat(21))
    .setIssuedAt()
    .setExpirationTime('1h')
    .setAudience('https://default.logto.app/api')
    .setIssuer('http://localhost:3001/oidc')
    .sign(privateKey);
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify({ access_token: accessToken, expires_in: 3600, token_type: 'Bearer', scope: 'all' }));
});
server.listen(0);
await once(server, 'listening');
// The parent asks for the port by this line.
process.stdout.write(`${JSON.stringify(server.address())}\n`);
