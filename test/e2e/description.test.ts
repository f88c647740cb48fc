import {expect, onTestFinished, test} from 'vitest';
import {startAuthorizedCluster, USER} from './authorized-cluster.ts';
import {openKtop, runKtop} from './ktop.ts';

test('facts show what the API server says, which right to events is missing, and the events once it is granted', async () => {
	const cluster = await startAuthorizedCluster();
	cluster.rbac.apply((await runKtop(['rbac', '--for-user', USER])).stdout);
	const terminal = openKtop(['pods', '--kubeconfig', cluster.kubeconfig, '--filter', 'api-79'], {
		columns: 200,
		rows: 60,
	});
	onTestFinished(terminal.close);
	await terminal.until('the pod', screen => /▸ +\S+ +api-79/.test(screen));
	terminal.type('\r');
	await terminal.until('its page', screen => /› containers/.test(screen));
	expect(cluster.used).not.toContain('list events');
	terminal.type('d');
	await terminal.until('the missing right', screen => screen.includes('403 needs events'));
	expect(terminal.text().replaceAll(/\s+/g, ' ')).toContain('ktop rbac --events');
	expect(terminal.text()).toMatch(/Conditions +PodReadyToStart/);
	expect(terminal.text()).toMatch(/Labels +app=/);

	const {stdout} = await runKtop(['rbac', '--for-user', USER, '--events']);
	cluster.rbac.apply(stdout);
	await terminal.until('the events', screen => screen.includes('Warning BackOff 7x: Back-off restarting'));
	terminal.type('q');
	expect(await terminal.exitCode).toBe(0);
});
