// Many kubelets over TLS in a process of their own, so that what they cost is not counted; sends their ports.
import {readFileSync} from 'node:fs';
import {createServer} from 'node:https';
import {join} from 'node:path';

const fixtures = join(import.meta.dirname, '../fixtures');
const body = readFileSync(join(fixtures, 'kubelet/summary-1.json'));
const tls = {
	cert: readFileSync(join(fixtures, 'tls/server-ip.crt')),
	key: readFileSync(join(fixtures, 'tls/server-ip.key')),
	keepAliveTimeout: 90_000,
};
const ports = [];
for (let node = 0; node < Number(process.argv[2]); node++) {
	const server = createServer(tls, (_request, response) => {
		response.setHeader('content-type', 'application/json');
		response.end(body);
	});
	await new Promise(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	ports.push(server.address().port);
}

process.send(ports);
process.on('disconnect', () => process.exit());
