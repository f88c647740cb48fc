import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {openKtop} from './ktop.ts';
import {kubeconfigOfContexts, startRecordedCluster} from './recorded-cluster.ts';

test.each([
	[80, 24],
	[200, 60],
])(
	'C lists the contexts, Enter or a click shows another, and one that cannot be reached leaves it, at %dx%d',
	async (columns, rows) => {
		const [prod, staging] = await Promise.all([
			startRecordedCluster(),
			startRecordedCluster({
				nodes: ({items: [node]}) => {
					if (node !== undefined) {
						node.metadata.name = 'node-s';
					}
				},
			}),
		]);
		const folder = mkdtempSync(join(tmpdir(), 'ktop-contexts-'));
		const kubeconfig = join(folder, 'config');
		writeFileSync(
			kubeconfig,
			kubeconfigOfContexts({
				prod: {server: prod.apiOrigin},
				staging: {server: staging.apiOrigin},
				away: {server: 'https://127.0.0.1:1'},
			}),
		);
		onTestFinished(async () => {
			await Promise.all([prod.close(), staging.close()]);
			rmSync(folder, {recursive: true});
		});
		const screen = openKtop(['nodes', '--kubeconfig', kubeconfig], {columns, rows});
		onTestFinished(screen.close);
		await screen.until('the nodes of prod', text => /▸ node-a/.test(text) && text.includes('prod v1.'));

		screen.type('C');
		await screen.until('the list', text => /▸ \* prod/.test(text) && /away +127\.0\.0\.1:1 /.test(text));
		screen.type('j\r');
		await screen.until(
			'the nodes of staging',
			text => /▸ node-s/.test(text) && text.includes('staging v1.') && !/▸ node-a/.test(text),
		);
		await expect.poll(prod.openConnections).toBe(0);

		screen.type(':ctx aw\t\r');
		await screen.until(
			'why it stays',
			text =>
				/context away: API server https:\/\/127\.0\.0\.1:1 refused /.test(text) && /▸ node-s/.test(text),
		);
		const click = (part: RegExp): void => {
			const line = screen.lines().findIndex(text => part.test(text)) + 1;
			screen.type(`\u001B[<0;9;${line}M\u001B[<0;9;${line}m`);
		};
		screen.type('C');
		await screen.until('the list', text => /▸ \* staging/.test(text));
		click(/^ {4}prod /);
		await screen.until('another selected', text => /▸ {3}prod/.test(text));
		click(/▸ {3}prod/);
		await screen.until('the nodes of prod', text => /▸ node-a/.test(text) && text.includes('prod v1.'));
		screen.type(':ctx aw\t\r');
		await screen.until('why it stays', text => text.includes('context away: API server'));
		screen.type('C');
		await screen.until('cause and fix', text =>
			/away: API server .*refused[\s\S]*check that the API server runs/.test(text),
		);
		screen.type('q:ctx prod,stag\t\r');
		await screen.until(
			'both at once',
			text => /CLUSTER NODE/.test(text) && /prod +node-a/.test(text) && /staging +node-s/.test(text),
		);
		screen.type('C');
		await screen.until('marks of both', text => /\* prod/.test(text) && /\* staging/.test(text));
		screen.type('q:ctx prod\r');
		await screen.until('one again', text => /▸ node-a/.test(text) && !/CLUSTER NODE/.test(text));
		screen.type('q');
		expect(await screen.exitCode).toBe(0);
	},
);
