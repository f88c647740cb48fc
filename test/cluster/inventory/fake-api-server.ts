import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';

export type StoredObject = {
	readonly metadata: {
		readonly name: string;
		readonly namespace?: string;
		readonly uid: string;
		readonly labels?: Readonly<Record<string, string>>;
		readonly resourceVersion?: string;
	};
	readonly [key: string]: unknown;
};

type Resource = 'nodes' | 'pods' | 'deployments' | 'statefulsets' | 'daemonsets';

const KINDS: Readonly<Record<Resource, string>> = {
	nodes: 'Node',
	pods: 'Pod',
	deployments: 'Deployment',
	statefulsets: 'StatefulSet',
	daemonsets: 'DaemonSet',
};
type LoggedEvent = {
	readonly version: number;
	readonly resource: Resource;
	readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
	readonly object: StoredObject;
};
type Watcher = {
	readonly resource: Resource;
	readonly namespace: string | undefined;
	readonly response: ServerResponse;
	isStalled: boolean;
};
export type Rule = {
	/** What the path and query must match. */
	readonly path: RegExp;
	/** 0: the connection is closed without an answer. */
	readonly status: number;
	readonly body?: string | Buffer;
	readonly headers?: Readonly<Record<string, string>>;
	/** How often; for ever by default. */
	times?: number;
};

/**
 * A small API server over real HTTP: lists in pages from a snapshot, watches from a version, forgets what is
 * compacted, and misbehaves when told.
 */
export async function startApiServer() {
	const objects: Readonly<Record<Resource, Map<string, StoredObject>>> = {
		nodes: new Map(),
		pods: new Map(),
		deployments: new Map(),
		statefulsets: new Map(),
		daemonsets: new Map(),
	};
	const log: LoggedEvent[] = [];
	const watchers = new Set<Watcher>();
	const snapshots = new Map<string, {items: readonly StoredObject[]; version: number}>();
	const rules: Rule[] = [];
	const requests: {readonly method: string; readonly url: string}[] = [];
	let version = 100;
	let compacted = 0;
	let expiries = 0;
	let onExpiry = () => {};

	const send = (watcher: Watcher, text: string) => {
		if (!watcher.isStalled && !watcher.response.writableEnded) {
			watcher.response.write(text);
		}
	};
	const write = (watcher: Watcher, type: string, object: unknown) => {
		send(watcher, `${JSON.stringify({type, object})}\n`);
	};
	const concerns = (watcher: Watcher, event: LoggedEvent) =>
		watcher.resource === event.resource &&
		(watcher.namespace === undefined || watcher.namespace === event.object.metadata.namespace);

	function record(resource: Resource, type: LoggedEvent['type'], object: StoredObject): void {
		version += 1;
		const stamped = {...object, metadata: {...object.metadata, resourceVersion: String(version)}};
		if (type === 'DELETED') {
			objects[resource].delete(object.metadata.uid);
		} else {
			objects[resource].set(object.metadata.uid, stamped);
		}
		const event = {version, resource, type, object: stamped};
		log.push(event);
		for (const watcher of watchers) {
			if (concerns(watcher, event)) {
				write(watcher, type, stamped);
			}
		}
	}

	function answer(response: ServerResponse, status: number, body: unknown): void {
		response.writeHead(status, {'content-type': 'application/json'});
		response.end(typeof body === 'string' ? body : JSON.stringify(body));
	}

	function list(url: URL, resource: Resource, namespace: string | undefined, response: ServerResponse): void {
		const token = url.searchParams.get('continue') ?? undefined;
		const limit = Number(url.searchParams.get('limit'));
		const fresh = [...objects[resource].values()].filter(
			object => namespace === undefined || object.metadata.namespace === namespace,
		);
		const [id = '', offset = '0'] = token?.split(':') ?? [];
		if (token !== undefined && expiries > 0) {
			expiries -= 1;
			snapshots.delete(id);
			onExpiry();
		}
		const snapshot = token === undefined ? {items: fresh, version} : snapshots.get(id);
		if (!snapshot) {
			const inconsistent = `inconsistent${version}`;
			snapshots.set(inconsistent, {items: fresh, version});
			answer(response, 410, {
				...statusObject(410, 'Expired'),
				metadata: {continue: `${inconsistent}:${offset}`},
			});
			return;
		}
		const end = Number(offset) + limit;
		const key = id === '' ? `snapshot${snapshots.size}` : id;
		snapshots.set(key, snapshot);
		answer(response, 200, {
			kind: `${KINDS[resource]}List`,
			metadata: {
				resourceVersion: String(snapshot.version),
				...(end < snapshot.items.length ? {continue: `${key}:${end}`} : {}),
			},
			items: snapshot.items.slice(Number(offset), end),
		});
	}

	function watch(
		url: URL,
		resource: Resource,
		namespace: string | undefined,
		response: ServerResponse,
	): void {
		const from = Number(url.searchParams.get('resourceVersion'));
		response.writeHead(200, {'content-type': 'application/json'});
		response.flushHeaders();
		const watcher = {resource, namespace, response, isStalled: false};
		if (from < compacted) {
			write(watcher, 'ERROR', statusObject(410, 'Expired'));
			response.end();
			return;
		}
		watchers.add(watcher);
		response.on('close', () => watchers.delete(watcher));
		for (const event of log) {
			if (event.version > from && concerns(watcher, event)) {
				write(watcher, event.type, event.object);
			}
		}
	}

	function handle(request: IncomingMessage, response: ServerResponse): void {
		const url = new URL(request.url ?? '/', 'http://localhost');
		const decoded = decodeURIComponent(`${url.pathname}${url.search}`);
		requests.push({method: request.method ?? '', url: decoded});
		const rule = rules.find(each => each.path.test(decoded) && each.times !== 0);
		if (rule) {
			if (rule.times !== undefined) {
				rule.times -= 1;
			}
			if (rule.status === 0) {
				response.destroy();
				return;
			}
			response.writeHead(rule.status, rule.headers);
			response.end(rule.body ?? JSON.stringify(statusObject(rule.status, 'Scripted')));
			return;
		}
		const [, namespace, resource] =
			/^\/api(?:s\/apps)?\/v1(?:\/namespaces\/([^/]+))?\/(\w+)$/.exec(url.pathname) ?? [];
		if (!isResource(resource)) {
			answer(response, 404, statusObject(404, 'NotFound'));
		} else if (url.searchParams.get('watch')) {
			watch(url, resource, namespace, response);
		} else {
			list(url, resource, namespace, response);
		}
	}

	const server = createServer(handle);
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as AddressInfo; // An IP server's address is never a pipe's name.

	return {
		origin: `http://127.0.0.1:${port}`,
		requests,
		rules,
		put: (resource: Resource, object: StoredObject) =>
			record(resource, objects[resource].has(object.metadata.uid) ? 'MODIFIED' : 'ADDED', object),
		remove: (resource: Resource, uid: string) => {
			const object = objects[resource].get(uid);
			if (object) {
				record(resource, 'DELETED', object);
			}
		},
		objects: (resource: Resource) => [...objects[resource].values()],
		watcherCount: () => watchers.size,
		/** The next so many times that a list is continued, its token has expired. */
		expireTokens: (count: number, then = () => {}) => {
			expiries = count;
			onExpiry = then;
		},
		/** History up to now is gone: a watch from an older version is too old. */
		compact: () => {
			version += 1;
			compacted = version;
		},
		dropConnections: () => {
			for (const {response} of watchers) {
				response.destroy();
			}
		},
		closeWatches: () => {
			for (const {response} of watchers) {
				response.end();
			}
		},
		/** Nothing that happens from now on reaches the watches that are open. */
		stall: () => {
			for (const watcher of watchers) {
				watcher.isStalled = true;
			}
		},
		bookmark: () => {
			for (const watcher of watchers) {
				write(watcher, 'BOOKMARK', {metadata: {resourceVersion: String(version)}});
			}
		},
		sendError: (code: number, reason: string) => {
			for (const watcher of watchers) {
				write(watcher, 'ERROR', statusObject(code, reason));
			}
		},
		sendRaw: (line: string) => {
			for (const watcher of watchers) {
				send(watcher, line);
			}
		},
		stop: async () => {
			server.closeAllConnections();
			await new Promise(resolve => server.close(resolve));
		},
	};
}

export type FakeApiServer = Awaited<ReturnType<typeof startApiServer>>;

function statusObject(code: number, reason: string) {
	return {kind: 'Status', apiVersion: 'v1', status: 'Failure', message: `${reason} it is`, reason, code};
}

function isResource(name: string | undefined): name is Resource {
	return name !== undefined && Object.hasOwn(KINDS, name);
}
