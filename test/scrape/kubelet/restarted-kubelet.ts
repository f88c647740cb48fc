import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {brotliDecompressSync} from 'node:zlib';
import {kubeletTarget} from '../../../source/scrape/kubelet/target.ts';
import type {Scrape} from '../../../source/scrape/target.ts';
import {startServer} from '../../http/test-server.ts';
import {context} from '../scrape-context.ts';

/** What a kubelet answered at a moment; nothing while it was down. */
export type Answer = {readonly atMs: number; readonly body: string};

const read = (name: string): Buffer =>
	readFileSync(join(import.meta.dirname, '../../fixtures/kubelet', name));

const lines = (text: string): readonly string[] => text.split('\n').filter(line => line !== '');

/**
 * The answers of a kubelet of Kubernetes 1.37 (containerd, cgroup v1) that was asked for its summary once a second,
 * killed in second 8 and started again.
 */
export function restart(): readonly Answer[] {
	const startMs = Date.parse('2026-11-26T01:24:59Z');
	return lines(brotliDecompressSync(read('restart.jsonl.br')).toString()).map(line => {
		const {second, body} = JSON.parse(line);
		return {atMs: startMs + second * 1000, body: JSON.stringify(body)};
	});
}

/**
 * One pod after another restart of it, whose counter is at first the sum of its containers and then that of its cgroup,
 * 7.5 s more; it really used 0.024 cores.
 */
export function restartOfOnePod(): readonly Answer[] {
	return lines(read('restart-of-one-pod.jsonl').toString()).map(line => {
		const {t, pod} = JSON.parse(line);
		const containers = Object.entries<{start: string; cpu: object; mem: object}>(pod.c).map(
			([name, {start, cpu, mem}]) => ({name, startTime: start, cpu, memory: mem}),
		);
		const podRef = {name: 'node-agent', namespace: 'kube-system', uid: 'u'};
		return {
			atMs: t * 1000,
			body: JSON.stringify({
				node: {nodeName: 'kube-node-1'},
				pods: [{podRef, containers, cpu: pod.cpu, memory: pod.mem}],
			}),
		};
	});
}

/** Reads all answers over HTTP, one after the other, each at its moment. */
export async function* replay(answers: readonly Answer[]): AsyncGenerator<Scrape & {readonly atMs: number}> {
	let current: Answer | undefined;
	const server = await startServer((_request, response) => response.end(current?.body));
	const target = kubeletTarget({url: server.origin, now: () => current?.atMs ?? 0});
	try {
		for (const answer of answers) {
			current = answer;
			yield {...(await target.scrape(context())), atMs: answer.atMs};
		}
	} finally {
		await target.close();
		await server.close();
	}
}
