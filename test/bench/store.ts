// One ktop that scrapes nothing, beside a real store that recorders of a large cluster fill: how long the tables take, what
// is asked of the store, and how long the event loop is held up.
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {openKtop} from '../e2e/ktop.ts';
import {startInfluxd} from '../history/influxdb/influxd.ts';
import {startVictoriaMetrics} from '../history/prometheus/victoria-metrics.ts';
import {cpuSeconds, residentMiB} from './rig/cpu-seconds.ts';
import {startCountingProxy} from './store/counting-proxy.ts';
import {type RecordedCluster, writeRound} from './store/recorded-points.ts';

const ROUND_MS = 15_000;
const STEADY_MS = 60_000;
const TIMEOUT_MS = 240_000;

const words = process.argv.slice(2).filter(text => !text.startsWith('--'));
const [name = 'influxdb'] = words;
const [nodes = 20_000, podsANode = 5, containersAPod = 2] = words.slice(1).map(Number);
const at = process.argv.find(text => text.startsWith('--at='))?.slice('--at='.length);
const cluster: RecordedCluster = {nodes, podsANode, containersAPod};

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const lastRoundMs = (): number => Math.floor(Date.now() / ROUND_MS) * ROUND_MS;

/** A store that is filled already may be named, since that takes minutes. */
async function openStore(): Promise<{readonly url: string; readonly close: () => void}> {
	if (at !== undefined) {
		return {url: at, close: () => {}};
	}

	const store = name === 'influxdb' ? await startInfluxd({isLarge: true}) : await startVictoriaMetrics();
	if ('execute' in store) {
		await store.execute('CREATE DATABASE k8s WITH NAME "default"');
	}

	return store;
}

const store = await openStore();
const folder = mkdtempSync(join(tmpdir(), 'ktop-store-'));
const turnsFile = join(folder, 'turns');
const proxy = await startCountingProxy(store.url);
const end = new AbortController();
try {
	const startMs = performance.now();
	const {points, bytes} = await writeRound(store.url, cluster, lastRoundMs(), {withPods: true});
	say(
		`${name}: ${points} points of a round written in ${((performance.now() - startMs) / 1000).toFixed(1)} s, ${(bytes / points).toFixed(0)} bytes a point`,
	);
	if (name !== 'influxdb') {
		await fetch(`${store.url}/internal/force_flush`);
	}

	const writing = (async () => {
		while (!end.signal.aborted) {
			await setTimeout(ROUND_MS - (Date.now() % ROUND_MS) + 500, undefined, {signal: end.signal}).catch(
				() => {},
			);
			if (!end.signal.aborted) {
				await writeRound(store.url, cluster, lastRoundMs(), {withPods: false});
			}
		}
	})();

	proxy.take();
	const history =
		name === 'influxdb' ? `influxdb:${proxy.url}?db=k8s` : `prometheus:${proxy.url}?match=db="k8s"`;
	const terminal = openKtop(['nodes', '--source', 'history', '--history', history], {
		columns: 200,
		rows: 60,
		environment: {
			KTOP_TURNS: turnsFile,
			NODE_OPTIONS: `--import ${join(import.meta.dirname, 'store/turn-probe.mjs')}`,
		},
	});
	let phaseMs = Date.now();
	let cpuBefore = 0;
	const phase = async (what: string, until: () => Promise<void>): Promise<void> => {
		phaseMs = Date.now();
		cpuBefore = cpuSeconds(terminal.pid);
		await until();
		const tookMs = Date.now() - phaseMs;
		const {queries, bytes: read, seconds} = proxy.take();
		const turns = readFileSync(turnsFile, 'utf8')
			.trim()
			.split('\n')
			.map(line => line.split(' ').map(Number))
			.filter(([timeMs = 0]) => timeMs >= phaseMs)
			.map(([, longestMs = 0]) => longestMs)
			.sort((one, other) => other - one);
		say(
			`| ${what} | ${(tookMs / 1000).toFixed(1)} | ${queries} | ${(read / 2 ** 20).toFixed(1)} | ${seconds.toFixed(1)} | ${(cpuSeconds(terminal.pid) - cpuBefore).toFixed(1)} | ${turns.slice(0, 3).map(Math.round).join(', ')} | ${residentMiB(terminal.pid).toFixed(0)} |`,
		);
	};
	say(
		'| what | seconds | queries | MiB read | seconds of the store | CPU seconds of ktop | longest turns, ms | resident MiB |',
	);
	say('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
	await phase('nodes are there', () =>
		terminal.until('all nodes', screen => screen.includes(`nodes ${nodes}/${nodes} stored`), TIMEOUT_MS),
	);
	await phase('nodes shown for a minute', () => setTimeout(STEADY_MS));
	// Pods whose samples are older than those of nodes by some minutes are gone.
	end.abort();
	await writing;
	terminal.type('2');
	await phase('pods: first rows', () =>
		terminal.until('pods', screen => /deployment-\d+-/.test(screen), TIMEOUT_MS),
	);
	await phase('pods: all', () =>
		terminal.until(
			'all pods',
			screen => !screen.includes('has answered for') && /deployment-\d+-/.test(screen),
			TIMEOUT_MS,
		),
	);
	terminal.close();
} finally {
	end.abort();
	proxy.close();
	store.close();
	rmSync(folder, {recursive: true, force: true});
}
