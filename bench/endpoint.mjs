// Requests a second that the endpoint answers, beside a bare HTTP server of Node that parses the same bodies, with the
// same load from the same process: 64 connections, one request at a time on each.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';

const connections = 64;
const milliseconds = 3000;
const self = fileURLToPath(import.meta.url);

const steps = [
  ['CreateCustomKeyStore', ({ name }) => store(name)],
  ['DescribeCustomKeyStores', ({ id }) => ({ CustomKeyStoreId: id })],
  ['UpdateCustomKeyStore', ({ id, name }) => ({ CustomKeyStoreId: id, NewCustomKeyStoreName: name })],
  ['ConnectCustomKeyStore', ({ id }) => ({ CustomKeyStoreId: id })],
  ['DescribeCustomKeyStores', ({ id }) => ({ CustomKeyStoreId: id })],
  ['DisconnectCustomKeyStore', ({ id }) => ({ CustomKeyStoreId: id })],
  ['DescribeCustomKeyStores', () => ({})],
  ['DeleteCustomKeyStore', ({ id }) => ({ CustomKeyStoreId: id })],
];

if (process.argv[2] === 'bare') bare();
else if (process.argv[2] === 'serve') await serve();
else await main();

async function main() {
  const bareRate = await measured('bare');
  const serveRate = await measured('serve');
  console.log(`a bare Node HTTP server: ${bareRate} requests a second (${connections} connections)`);
  console.log(`kms-cks serve: ${serveRate} a second (create, describe, update, connect, disconnect, delete)`);
  console.log(`ratio: ${(serveRate / bareRate).toFixed(2)}`);
}

async function measured(kind) {
  const child = fork(self, [kind]);
  const [port] = await once(child, 'message');
  await load(port, milliseconds / 3);
  const count = await load(port, milliseconds);
  child.kill();
  return Math.round((count * 1000) / milliseconds);
}

function bare() {
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const body = JSON.stringify({ CustomKeyStoreId: 'cks-00000000000000000', op: JSON.parse(text) });
    response.writeHead(200, {
      'content-type': 'application/x-amz-json-1.1',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
}

async function serve() {
  const { Accounts } = await import('../dist/wire/accounts.js');
  const { ReferenceService } = await import('../dist/wire/reference-service.js');
  const endpoint = await import('../dist/wire/endpoint.js');
  const reading = { edition: '2022-11', answers: {} };
  const accounts = new Accounts({ make: (scope) => new ReferenceService({ reading, scope }) });
  const { url } = await endpoint.serve({ accounts });
  process.send(Number(new URL(url).port));
}

async function load(port, duration) {
  const until = performance.now() + duration;
  const counts = await Promise.all(Array.from({ length: connections }, (_, index) => oneClient(port, index, until)));
  return counts.reduce((sum, each) => sum + each, 0);
}

/** A client in an account of its own that lives the lives of stores, one after the other. */
function oneClient(port, index, until) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let count = 0;
    let id = 'cks-none';
    let step = 0;
    let text = '';
    const next = () => socket.write(message(steps[step % steps.length], index, { id, name: `store-${count}` }));
    socket.on('connect', next);
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      text += chunk;
      const head = text.indexOf('\r\n\r\n');
      const length = /content-length: (\d+)/i.exec(text)?.[1];
      if (head < 0 || length === undefined || text.length < head + 4 + Number(length)) return;
      id = /"CustomKeyStoreId":"(cks-[^"]+)"/.exec(text)?.[1] ?? id;
      text = '';
      count += 1;
      step += 1;
      if (performance.now() < until) next();
      else socket.end(() => resolve(count));
    });
  });
}

function store(name) {
  return {
    CustomKeyStoreName: name,
    CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
    XksProxyConnectivity: 'PUBLIC_ENDPOINT',
    XksProxyUriEndpoint: 'https://proxy.example',
    XksProxyUriPath: '/kms/xks/v1',
    XksProxyAuthenticationCredential: { AccessKeyId: 'A'.repeat(20), RawSecretAccessKey: 'a'.repeat(43) },
  };
}

function message([op, input], index, values) {
  const body = JSON.stringify(input(values));
  const account = String(100_000_000_000 + index);
  return [
    'POST / HTTP/1.1',
    'host: localhost',
    `x-amz-target: TrentService.${op}`,
    `authorization: AWS4-HMAC-SHA256 Credential=${account}/20260101/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=0`,
    'content-type: application/x-amz-json-1.1',
    `content-length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}
