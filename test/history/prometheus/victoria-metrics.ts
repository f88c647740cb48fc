import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {freePort} from '../../http/free-port.ts';

/** Whether Debian's `victoria-metrics` is on this machine; on CI it has to be. */
export const hasVictoriaMetrics = spawnSync('victoria-metrics', ['-version']).status === 0;

if (!hasVictoriaMetrics && process.env.CI !== undefined) {
	throw new Error('victoria-metrics is missing: .ci/run installs it');
}

export type VictoriaMetrics = {
	readonly url: string;
	/** InfluxDB's line protocol, times in milliseconds. Resolves when queries find the points. */
	readonly write: (lines: string, database?: string) => Promise<void>;
	/** Lets queries find what others wrote. */
	readonly flush: () => Promise<void>;
	readonly close: () => void;
};

/** A real VictoriaMetrics on a free port, with an empty folder. */
export async function startVictoriaMetrics(flags: readonly string[] = []): Promise<VictoriaMetrics> {
	const folder = mkdtempSync(join(tmpdir(), 'ktop-victoria-metrics-'));
	const port = await freePort();
	const child = spawn(
		'victoria-metrics',
		[
			`-storageDataPath=${folder}`,
			`-httpListenAddr=127.0.0.1:${port}`,
			// What tests write is of any year.
			'-retentionPeriod=100y',
			'-loggerLevel=ERROR',
			...flags,
		],
		{stdio: 'ignore'},
	);
	const url = `http://127.0.0.1:${port}`;
	const ask = async (path: string, body?: string): Promise<void> => {
		const answer = await fetch(url + path, {method: 'POST', body: body ?? null});
		if (!answer.ok) {
			throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
		}
	};
	const flush = (): Promise<void> => ask('/internal/force_flush');
	const close = (): void => {
		child.kill('SIGKILL');
		rmSync(folder, {recursive: true, force: true});
	};
	for (;;) {
		const isUp = await fetch(`${url}/health`).then(
			({ok}) => ok,
			() => false,
		);
		if (child.exitCode !== null) {
			close();
			throw new Error(`victoria-metrics ended at once with ${child.exitCode}`);
		}

		if (isUp) {
			break;
		}

		await setTimeout(50);
	}

	return {
		url,
		async write(lines, database = 'k8s') {
			await ask(`/write?db=${database}&precision=ms`, lines);
			await flush();
		},
		flush,
		close,
	};
}
