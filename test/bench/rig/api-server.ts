// The API server of the load rig, in a process of its own: nodes and pods by pages, and a watch that tells the churn.
import {readFileSync} from 'node:fs';
import type {ServerResponse} from 'node:http';
import {createServer} from 'node:https';
import {join} from 'node:path';
import {
	containerNames,
	generationOf,
	NAMESPACE,
	nodeName,
	podName,
	podUid,
	type RigSize,
	replacedBy,
	replacement,
	stamp,
	startedAtMs,
} from './churn.ts';
import {SERVER_TLS} from './server-tls.ts';

const {size, ports}: {readonly size: RigSize; readonly ports: readonly number[]} = JSON.parse(
	readFileSync(process.argv[2] ?? '', 'utf8'),
);
const fixtures = join(import.meta.dirname, '../../fixtures');
const recordedNode = JSON.parse(readFileSync(join(fixtures, 'apiserver/nodes.json'), 'utf8')).items[0];
/** By how many containers they have, which differs by one at most. */
const podTexts = new Map<number, string>();
const watches = new Set<{readonly response: ServerResponse; next: number}>();
const CHURN_EVERY_MS = 200;

const server = createServer(SERVER_TLS, (request, response) => {
	const {pathname, searchParams} = new URL(request.url ?? '/', 'https://rig');
	const send = (body: string): void => {
		response.writeHead(200, {'content-type': 'application/json'}).end(body);
	};
	const limit = Number(searchParams.get('limit') ?? 500);
	const from = Number(searchParams.get('continue') ?? 0);
	if (searchParams.get('watch') === '1') {
		response.writeHead(200, {'content-type': 'application/json'}).flushHeaders();
		if (pathname === '/api/v1/pods') {
			const watch = {response, next: Number(searchParams.get('resourceVersion') ?? 1) - 1};
			watches.add(watch);
			response.on('close', () => watches.delete(watch));
		}
	} else if (pathname === '/version') {
		send(readFileSync(join(fixtures, 'apiserver/version.json'), 'utf8'));
	} else if (pathname === '/api/v1/nodes') {
		send(list('NodeList', size.nodes, from, limit, node));
	} else if (pathname === '/api/v1/pods') {
		const replaced = replacedBy(size, Date.now());
		send(
			list('PodList', size.nodes * size.podsPerNode, from, limit, index => {
				const of = Math.floor(index / size.podsPerNode);
				const slot = index % size.podsPerNode;
				return pod(of, slot, generationOf(size, of, slot, replaced), replaced);
			}),
		);
	} else {
		response.writeHead(404).end('404 page not found\n');
	}
});

server.listen(0, '127.0.0.1', () => {
	const address = server.address();
	process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
});
process.on('disconnect', () => process.exit());

setInterval(() => {
	const replaced = replacedBy(size, Date.now());
	for (const watch of watches) {
		for (; watch.next < replaced; watch.next++) {
			const {node: of, slot, generation} = replacement(size, watch.next);
			watch.response.write(
				`{"type":"DELETED","object":${pod(of, slot, generation - 1, watch.next + 1)}}\n{"type":"ADDED","object":${pod(of, slot, generation, watch.next + 1)}}\n`,
			);
		}
	}
}, CHURN_EVERY_MS);

/** The resource version is the number of replacements plus one, so that a watch begins where its list ended. */
function list(
	kind: string,
	count: number,
	from: number,
	limit: number,
	item: (index: number) => string,
): string {
	const to = Math.min(count, from + limit);
	const metadata = {
		resourceVersion: String(replacedBy(size, Date.now()) + 1),
		...(to < count ? {continue: String(to), remainingItemCount: count - to} : {}),
	};
	const items = Array.from({length: to - from}, (_, index) => item(from + index));
	return `{"kind":"${kind}","apiVersion":"v1","metadata":${JSON.stringify(metadata)},"items":[${items.join(',')}]}`;
}

function node(index: number): string {
	const name = nodeName(index);
	return JSON.stringify({
		...recordedNode,
		metadata: {
			...recordedNode.metadata,
			name,
			uid: podUid(index, 0, 0),
			labels: {...recordedNode.metadata.labels, 'kubernetes.io/hostname': name},
		},
		status: {
			...recordedNode.status,
			addresses: [
				{type: 'InternalIP', address: '127.0.0.1'},
				{type: 'Hostname', address: name},
			],
			daemonEndpoints: {kubeletEndpoint: {Port: ports[index]}},
		},
	});
}

function pod(of: number, slot: number, generation: number, replaced: number): string {
	const names = containerNames(size, slot);
	const text = podTexts.get(names.length) ?? JSON.stringify(markedPod(names));
	podTexts.set(names.length, text);
	return text
		.replaceAll('@name@', podName(of, slot, generation))
		.replaceAll('@uid@', podUid(of, slot, generation))
		.replaceAll('@node@', nodeName(of))
		.replaceAll('@version@', String(replaced + 1))
		.replaceAll('@start@', stamp(startedAtMs(size, of, slot, generation)));
}

function markedPod(names: readonly string[]): unknown {
	const [recorded] = JSON.parse(
		readFileSync(join(fixtures, 'apiserver/pods-limit5-page1.json'), 'utf8'),
	).items;
	return {
		...recorded,
		metadata: {
			...recorded.metadata,
			name: '@name@',
			namespace: NAMESPACE,
			uid: '@uid@',
			resourceVersion: '@version@',
			creationTimestamp: '@start@',
		},
		spec: {
			...recorded.spec,
			nodeName: '@node@',
			containers: names.map(name => ({...recorded.spec.containers[0], name})),
		},
		status: {
			...recorded.status,
			startTime: '@start@',
			containerStatuses: names.map(name => ({
				...recorded.status.containerStatuses[0],
				name,
				state: {running: {startedAt: '@start@'}},
			})),
		},
	};
}
