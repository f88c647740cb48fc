import {expect, onTestFinished, test} from 'vitest';
import {ALL_ROUTES} from '../scrape/kubelet/recorded-kubelet.ts';
import {openKtop} from './ktop.ts';
import {startRecordedCluster} from './recorded-cluster.ts';

const PATH = '/metrics/cadvisor';

/** The chart of throttling while it has no value: one line. */
const UNMEASURED = /^ {2}(?:THR|THROTTLED) +–/m;

async function openContainers(cadvisor: string) {
	const cluster = await startRecordedCluster({kubelet: {...ALL_ROUTES, [PATH]: cadvisor}});
	onTestFinished(cluster.close);
	const terminal = openKtop(['containers', '--kubeconfig', cluster.kubeconfig, '--interval', '0.5s'], {
		columns: 160,
		rows: 40,
	});
	onTestFinished(terminal.close);
	const asked = (path: string): number =>
		cluster.kubelet.requests.filter(request => request.startsWith(path)).length;
	/** Until the kubelet was visited so many times more. */
	const visits = async (count: number): Promise<void> => {
		const before = asked('/stats/summary');
		await expect.poll(() => asked('/stats/summary'), {timeout: 10_000}).toBeGreaterThan(before + count);
	};
	await terminal.until('the containers', screen => screen.includes('mesh-proxy'));
	return {terminal, asked, visits};
}

test('the throttling of a node’s containers is read while the page of one of them is open, and not before', async () => {
	const {terminal, asked, visits} = await openContainers('metrics-cadvisor-1.prom');
	await visits(2);
	expect(asked(PATH)).toBe(0);
	terminal.type('/queue-0\r');
	await terminal.until('the container', screen => !screen.includes('mesh-proxy'));
	terminal.type('\r');
	await terminal.until('its page', screen => UNMEASURED.test(screen));
	await expect.poll(() => asked(PATH), {timeout: 10_000}).toBe(1);
	terminal.type('\u001B');
	await terminal.until('the list', screen => screen.includes('1 Nodes'));
	await visits(3);
	expect(asked(PATH)).toBe(1);
});

test('a kubelet that forbids it is read all the same', async () => {
	const {terminal, asked, visits} = await openContainers('403-no-rights-metrics-cadvisor.txt');
	terminal.type('/queue-0\r\r');
	await terminal.until('the page', screen => UNMEASURED.test(screen));
	await expect.poll(() => asked(PATH), {timeout: 10_000}).toBe(1);
	await visits(2);
	expect(terminal.text()).toMatch(/CPU +\d+m/);
	expect(terminal.text()).toMatch(UNMEASURED);
	expect(asked(PATH)).toBe(1);
});
