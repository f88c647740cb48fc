// The kubelets of the load rig, in a process of their own: one port a node, one TLS server behind all.
import {createServer as createTlsServer} from 'node:https';
import {createServer, type Server, type Socket} from 'node:net';
import {faultOf, generationOf, type RigSize, replacedBy} from './churn.ts';
import {SERVER_TLS} from './server-tls.ts';
import {SummaryTemplate} from './summary-template.ts';

const size: RigSize = JSON.parse(process.argv[2] ?? '{}');
const templates = {full: new SummaryTemplate(size), less: new SummaryTemplate(size, true)};
const nodeOfPort = new Map<number, number>();
let served = 0;
let servedLess = 0;
let servedBytes = 0;

const tls = createTlsServer(SERVER_TLS, (request, response) => {
	const node = nodeOfPort.get(request.socket.localPort ?? 0) ?? 0;
	const fault = faultOf(size, node);
	if (fault === 'hung') {
		return;
	}

	if (fault === 'error' || !request.url?.startsWith('/stats/summary')) {
		response.writeHead(fault === 'error' ? 500 : 404, {'content-type': 'text/plain'}).end('failed\n');
		return;
	}

	const nowMs = Date.now();
	const replaced = replacedBy(size, nowMs);
	const generations = Array.from({length: size.podsPerNode}, (_, slot) =>
		generationOf(size, node, slot, replaced),
	);
	const isLess = request.url.includes('only_cpu_and_memory=true');
	const body = templates[isLess ? 'less' : 'full'].write(node, generations, nowMs);
	served++;
	servedLess += Number(isLess);
	servedBytes += body.length;
	response.writeHead(200, {'content-type': 'application/json', 'content-length': body.length}).end(body);
});

const ports: number[] = [];
for (let node = 0; node < size.nodes; node++) {
	const fault = faultOf(size, node);
	const server = createServer(socket => {
		// A stalled node accepts the connection and never answers the handshake.
		if (fault !== 'stalled') {
			tls.emit('connection', socket satisfies Socket);
		}
	});
	const port = await listen(server);
	ports.push(port);
	nodeOfPort.set(port, node);
	if (fault === 'refused') {
		server.close();
	}
}

process.on('message', () => {
	const {user, system} = process.cpuUsage();
	process.send?.({served, servedLess, servedBytes, cpuMs: (user + system) / 1000});
});
process.on('disconnect', () => process.exit());
process.send?.(ports);

function listen(server: Server): Promise<number> {
	return new Promise(resolve => {
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			resolve(typeof address === 'object' && address !== null ? address.port : 0);
		});
	});
}
