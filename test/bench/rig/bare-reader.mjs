// What reading the rig costs at least: undici over kept TLS connections and `JSON.parse`, in a process of its own.
import {readFileSync} from 'node:fs';
import {Agent, request} from 'undici';

const {ports, ca, seconds, intervalMs} = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const agent = new Agent({
	connect: {ca: readFileSync(ca), servername: 'localhost'},
	keepAliveTimeout: 300_000,
	keepAliveMaxTimeout: 300_000,
});
let visits = 0;
let pods = 0;

async function visit(port) {
	const {body} = await request(`https://127.0.0.1:${port}/stats/summary`, {dispatcher: agent});
	pods += JSON.parse(await body.text()).pods.length;
	visits++;
}

function keepVisiting(port, startMs) {
	setTimeout(() => {
		void visit(port).catch(() => {});
		keepVisiting(port, intervalMs);
	}, startMs);
}

const spacing = intervalMs / ports.length;
for (const [index, port] of ports.entries()) {
	keepVisiting(port, index * spacing);
}

// All connections are open then.
await new Promise(resolve => setTimeout(resolve, intervalMs * 1.2));
const startedAt = process.cpuUsage();
visits = 0;
await new Promise(resolve => setTimeout(resolve, seconds * 1000));
const {user, system} = process.cpuUsage(startedAt);
process.send({visits, pods, cpuMs: (user + system) / 1000, residentMiB: process.memoryUsage().rss / 2 ** 20});
process.exit();
