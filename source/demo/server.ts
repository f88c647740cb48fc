// The simulated API server and kubelets. They run in a separate process, so that ktop's own CPU and memory stay
// measurable.
import {createServer} from 'node:http';
import {answerApi} from './api/answer.ts';
import {answer} from './kubelet/answer.ts';
import {bornAt, createCluster, type DemoOptions} from './model/cluster.ts';

// Started only by startDemo, which has checked the options.
const options: DemoOptions = JSON.parse(process.argv[2] ?? '{}');
const cluster = createCluster(options, bornAt(Date.now()));

const server = createServer((request, response) => {
	const url = request.url ?? '/';
	const answered = url.startsWith('/nodes/')
		? answer(cluster, request.method ?? 'GET', url, Date.now())
		: answerApi(cluster, request.method ?? 'GET', url, Date.now());
	if (answered === 'hang') {
		return;
	}

	if ('watch' in answered) {
		response.writeHead(200, {'Content-Type': 'application/json'});
		response.flushHeaders();
		const stop = answered.watch(
			line => response.write(`${line}\n`),
			() => response.end(),
			Date.now,
		);
		response.on('close', stop);
		return;
	}

	const {status, contentType, body, delayMs} = answered;
	const send = (): void => {
		response.writeHead(status, {'Content-Type': contentType, 'X-Content-Type-Options': 'nosniff'}).end(body);
	};
	if (delayMs > 0) {
		setTimeout(send, delayMs);
	} else {
		send();
	}
});

// Longer than any poll interval: a connection closed between two polls would look like a fault of the node.
server.keepAliveTimeout = 300_000;

server.listen({host: '127.0.0.1', port: 0, backlog: 4096}, () => {
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	process.stdout.write(`${JSON.stringify({url: `http://127.0.0.1:${port}`, nodes: cluster.nodeNames})}\n`);
});

// stdin closes when the parent ends, even if it is killed.
process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
process.stdin.resume();
