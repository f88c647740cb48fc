import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {freePort} from '../../http/free-port.ts';

/** Whether Debian's `prometheus` (with `promtool`) is on this machine; on CI it has to be. */
export const hasPrometheus = ['prometheus', 'promtool'].every(
	program => spawnSync(program, ['--version']).status === 0,
);

if (!hasPrometheus && process.env.CI !== undefined) {
	throw new Error('prometheus is missing: .ci/run installs it');
}

/** A kubelet as the demo has it: an address with a path of its own. */
export type ScrapedNode = {readonly name: string; readonly url: string};

export type PrometheusServer = {readonly url: string; readonly close: () => void};

const START_TIMEOUT_MS = 30_000;

/**
 * A real Prometheus on a free port, with an empty folder, that scrapes /metrics/cadvisor of the nodes every second, and
 * holds `past` from the start, which is in OpenMetrics' text format (times in seconds, `# EOF` behind).
 */
export async function startPrometheus(
	nodes: readonly ScrapedNode[],
	past?: string,
): Promise<PrometheusServer> {
	const folder = mkdtempSync(join(tmpdir(), 'ktop-prometheus-'));
	const config = join(folder, 'prometheus.json');
	// YAML is a superset of JSON.
	writeFileSync(
		config,
		JSON.stringify({global: {scrape_interval: '1s'}, scrape_configs: nodes.map(scrapeConfig)}),
	);
	if (past !== undefined) {
		const file = join(folder, 'past.txt');
		writeFileSync(file, past);
		const made = spawnSync('promtool', [
			...['tsdb', 'create-blocks-from', 'openmetrics', file, join(folder, 'data')],
		]);
		if (made.status !== 0) {
			rmSync(folder, {recursive: true, force: true});
			throw new Error(`promtool: ${made.stderr}`);
		}
	}

	const port = await freePort();
	const child = spawn(
		'prometheus',
		[
			`--config.file=${config}`,
			`--storage.tsdb.path=${join(folder, 'data')}`,
			`--web.listen-address=127.0.0.1:${port}`,
			'--log.level=error',
		],
		{stdio: 'ignore'},
	);
	const close = (): void => {
		child.kill('SIGKILL');
		rmSync(folder, {recursive: true, force: true});
	};
	const url = `http://127.0.0.1:${port}`;
	const deadline = Date.now() + START_TIMEOUT_MS;
	for (;;) {
		const isReady = await fetch(`${url}/-/ready`).then(
			({ok}) => ok,
			() => false,
		);
		if (isReady) {
			return {url, close};
		}

		if (Date.now() > deadline || child.exitCode !== null) {
			close();
			throw new Error(`prometheus did not start (exit code ${child.exitCode})`);
		}

		await setTimeout(50);
	}
}

/** As kube-prometheus does: the node's name as a label, and the stamps that cAdvisor gives. */
function scrapeConfig({name, url}: ScrapedNode): unknown {
	const {host, pathname} = new URL(url);
	return {
		job_name: name,
		metrics_path: `${pathname}/metrics/cadvisor`,
		honor_labels: true,
		static_configs: [{targets: [host]}],
		relabel_configs: [{target_label: 'node', replacement: name}],
	};
}
