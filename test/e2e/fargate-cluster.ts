import {readFileSync} from 'node:fs';
import {mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import {startServer} from '../http/test-server.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/fargate');
const ROUTES: Readonly<Record<string, {readonly file?: string; readonly body?: string}>> = JSON.parse(
	readFileSync(join(FOLDER, 'routes.json'), 'utf8'),
);

/** The API server of a cluster whose only node is one of Fargate; `isProxying`: its proxy reads that node. */
export async function startFargateCluster({isProxying}: {readonly isProxying: boolean}) {
	const requests: string[] = [];
	const startedMs = Date.now();
	const fill = (text: string): string =>
		text
			.replaceAll('@NOW@', () => new Date().toISOString().replace(/\.\d+/, ''))
			.replaceAll(/@COUNT\*(\d+)\+(\d+)@/g, (_, each, base) =>
				String(Math.round((Date.now() - startedMs) / 1000) * Number(each) + Number(base)),
			);
	const server = await startServer((request, response) => {
		const path = (request.url ?? '').split('?', 1).join('');
		requests.push(path);
		const route = path.includes('/proxy/') && !isProxying ? undefined : ROUTES[path];
		if (request.url?.includes('watch=1')) {
			response.writeHead(200, {'content-type': 'application/json'}).flushHeaders();
		} else if (route === undefined) {
			response.writeHead(404).end('404 page not found\n');
		} else {
			const body = route.body ?? fill(readFileSync(join(FOLDER, route.file ?? ''), 'utf8'));
			response.writeHead(200, {'content-type': 'application/json'}).end(body);
		}
	});
	onTestFinished(server.close);
	const kubeconfig = join(await mkdtemp(join(tmpdir(), 'ktop-fargate-')), 'config');
	await writeFile(
		kubeconfig,
		JSON.stringify({
			'current-context': 'eks',
			clusters: [{name: 'eks', cluster: {server: server.origin}}],
			contexts: [{name: 'eks', context: {cluster: 'eks'}}],
		}),
	);
	return {kubeconfig, requests};
}
