import {type ChildProcess, fork} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {Agent, get} from 'node:https';
import {join} from 'node:path';
import {createEndpoint} from '../../source/http/create-endpoint.ts';
import {KUBELET_WORDS} from '../../source/scrape/kubelet/kubelet-words.ts';
import {type Benchmark, median} from './benchmark.ts';

const KUBELETS = 200;
const ROUNDS = 30;
/** The first rounds connect, and are compiled. */
const WARM_UP_ROUNDS = 5;
const CONCURRENCY = 32;

type Ask = () => Promise<number>;
type Client = {readonly asks: readonly Ask[]; readonly close: () => Promise<unknown>};

/** CPU of one request of 85 kB over kept TLS connections, by ktop's client and by Node's own. */
export async function benchPollKubelets(): Promise<Benchmark> {
	const {kubelets, ports} = await startKubelets();
	const ca = readFileSync(join(import.meta.dirname, '../fixtures/tls/ca.crt'));
	const origins = ports.map(port => `https://127.0.0.1:${port}`);
	const clients = {ours: endpoints(origins, ca), bare: agents(origins, ca)};
	const costs = {ours: [] as number[], bare: [] as number[]};
	for (let round = 0; round < ROUNDS + WARM_UP_ROUNDS; round++) {
		for (const name of round % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)) {
			const startedAt = process.cpuUsage();
			await askAll(clients[name].asks);
			const {user, system} = process.cpuUsage(startedAt);
			if (round >= WARM_UP_ROUNDS) {
				costs[name].push((user + system) / KUBELETS);
			}
		}
	}

	await Promise.all([clients.ours.close(), clients.bare.close()]);
	kubelets.disconnect();
	const measured = median(costs.ours);
	const baseline = median(costs.bare);
	return {
		name: `polling ${KUBELETS} kubelets over TLS`,
		unit: 'µs of CPU a request',
		measured,
		baselineName: 'node:https with kept connections',
		baseline,
		ratio: measured / baseline,
		budget: 1.1,
	};
}

function startKubelets(): Promise<{readonly kubelets: ChildProcess; readonly ports: readonly number[]}> {
	const kubelets = fork(join(import.meta.dirname, 'serve-kubelets.mjs'), [String(KUBELETS)], {execArgv: []});
	return new Promise((resolve, reject) => {
		kubelets.once('message', (ports: number[]) => resolve({kubelets, ports}));
		kubelets.once('exit', code => reject(new Error(`the kubelets ended with ${code}`)));
	});
}

function endpoints(origins: readonly string[], ca: Buffer): Client {
	const opened = origins.map(origin => createEndpoint({origin, words: KUBELET_WORDS, tls: {ca}}));
	return {
		asks: opened.map(endpoint => async () => {
			const {body} = await endpoint.get('/stats/summary', {timeoutMs: 10_000, maxBytes: 1e7});
			return body.length;
		}),
		close: () => Promise.all(opened.map(endpoint => endpoint.close())),
	};
}

function agents(origins: readonly string[], ca: Buffer): Client {
	const opened = origins.map(origin => ({origin, agent: new Agent({keepAlive: true, maxSockets: 1, ca})}));
	return {
		asks: opened.map(
			({origin, agent}) =>
				() =>
					new Promise((resolve, reject) => {
						get(`${origin}/stats/summary`, {agent}, answer => {
							answer.toArray().then(chunks => resolve(Buffer.concat(chunks).length), reject);
						}).on('error', reject);
					}),
		),
		close: async () => {
			for (const {agent} of opened) {
				agent.destroy();
			}
		},
	};
}

async function askAll(asks: readonly Ask[]): Promise<void> {
	const waiting = asks[Symbol.iterator]();
	await Promise.all(
		Array.from({length: CONCURRENCY}, async () => {
			for (const ask of waiting) {
				if ((await ask()) === 0) {
					throw new Error('an empty answer');
				}
			}
		}),
	);
}
