import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {smallInfluxdb} from '../history/small-stores.ts';
import {startServer, type TestServer} from '../http/test-server.ts';
import {report} from '../reliability/report.ts';
import {CLI, EXECUTABLE, NODE, openKtop} from './ktop.ts';
import {openTerminal} from './terminal.ts';

/** A kubelet of a node that uses half a core. */
async function startKubelet(): Promise<TestServer> {
	const server = await startServer((_request, response) => {
		const time = new Date().toISOString();
		response.end(JSON.stringify({node: {nodeName: 'node-a', cpu: {time, usageNanoCores: 5e8}}, pods: []}));
	});
	onTestFinished(server.close);
	return server;
}

describe('on the screen', () => {
	test('the store of the past is killed and started again', async ({task}) => {
		const kubelet = await startKubelet();
		const store = await startServer(smallInfluxdb());
		const terminal = openKtop(
			['--source', `kubelet:${kubelet.origin}`, '--history', `influxdb:${store.origin}?db=k8s`],
			{columns: 160},
		);
		onTestFinished(terminal.close);
		const isLive = (screen: string): boolean => /node-a .* ok \d+ms/.test(screen);
		await terminal.until(
			'the node and its past',
			screen => isLive(screen) && screen.includes('history InfluxDB k8s'),
		);
		await store.close();
		// Another window is asked of the store.
		terminal.type('t');
		await terminal.until('why there is no past', screen => screen.includes('history refused'));
		expect(isLive(terminal.text())).toBe(true);
		expect(terminal.lines()[0]).toContain('● live');
		const again = await startServer(smallInfluxdb(), undefined, Number(new URL(store.origin).port));
		onTestFinished(again.close);
		await terminal.typeUntil('tt', 'the past again', screen => screen.includes('history InfluxDB k8s'));
		terminal.type('q');
		expect(await terminal.exitCode).toBe(0);
		report(
			task,
			'faults',
			'history refused',
			'refused',
			'live figures go on; the past is there again by itself once the store is',
		);
	});

	// The single executable takes no options of Node, by which the clock is set.
	test.skipIf(EXECUTABLE !== undefined || process.platform !== 'linux')(
		'ktop is stopped by Ctrl-Z for an hour',
		async ({task}) => {
			const kubelet = await startKubelet();
			const shell = openTerminal('bash', ['--norc', '--noprofile', '-i'], {
				columns: 160,
				environment: {
					PS1: 'shell> ',
					NODE_OPTIONS: `--import ${join(import.meta.dirname, '../faults/stopped-for-an-hour.mjs')}`,
				},
			});
			onTestFinished(shell.close);
			await shell.until('a prompt', screen => screen.includes('shell>'));
			shell.type(`"${NODE}" "${CLI}" --source kubelet:${kubelet.origin} --interval 1s\r`);
			const isLive = (screen: string): boolean =>
				/● live \d+:\d+:\d+.*node-a .* 500m .* ok \d+ms/s.test(screen);
			await shell.until('the node', isLive);
			/** By the clock of the header, in minutes of the day. */
			const minuteOf = (screen: string): number => {
				const [, hours, minutes] = /● live (\d+):(\d+):/.exec(screen) ?? [];
				return Number(hours) * 60 + Number(minutes);
			};
			const before = minuteOf(shell.text());
			shell.type('\u001A');
			await shell.until('the shell again', screen => screen.includes('Stopped'));
			expect(shell.leftBehind()).toEqual([]);
			shell.type('fg\r');
			// A minute may pass meanwhile.
			const isLater = (screen: string): boolean =>
				[60, 61].includes((minuteOf(screen) - before + 1440) % 1440);
			await shell.until('the time by then', screen => isLive(screen) && isLater(screen));
			shell.type('q');
			await shell.until('the shell at the end', screen => screen.trimEnd().endsWith('shell>'));
			expect(shell.leftBehind()).toEqual([]);
			report(
				task,
				'faults',
				'ok',
				'–',
				'the screen comes back at the time by then, and is live within an interval',
			);
		},
	);
});
