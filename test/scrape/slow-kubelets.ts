import {setTimeout} from 'node:timers/promises';
import {startServer} from '../http/test-server.ts';
import {recorded} from './kubelet/recorded-kubelet.ts';

/**
 * Kubelets behind one slow link: what is sent goes through it one answer after the other, a full one in `msA.full`. Each has
 * a path of its own, `/0` and on.
 */
export async function startSlowKubelets(msA: {full: number; less: number}) {
	const [full, less] = ['summary-1.json', 'summary-cpumem-1.json'].map(name => JSON.parse(recorded(name)));
	let before: Promise<void> = Promise.resolve();
	const asked: Array<{readonly kubelet: string; readonly isLess: boolean}> = [];
	const server = await startServer(async (request, response) => {
		const {pathname, searchParams} = new URL(request.url ?? '', 'http://kubelet');
		const [, kubelet = ''] = /^\/(\d+)\/stats\/summary$/.exec(pathname) ?? [];
		const isLess = searchParams.get('only_cpu_and_memory') === 'true';
		asked.push({kubelet, isLess});
		const turn = before.then(() => setTimeout(isLess ? msA.less : msA.full));
		before = turn;
		await turn;
		const time = new Date().toISOString();
		const body = JSON.stringify(isLess ? less : full).replaceAll(/"time":"[^"]*"/g, `"time":"${time}"`);
		response
			.writeHead(200, {'content-type': 'application/json'})
			.end(body.replace(/"nodeName":"[^"]*"/, `"nodeName":"node-${kubelet.padStart(2, '0')}"`));
	});
	return {
		...server,
		/** What was asked for since the last call. */
		take: () => asked.splice(0),
	};
}
