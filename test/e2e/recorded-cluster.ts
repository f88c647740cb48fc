import {readFileSync} from 'node:fs';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import type {IncomingMessage, ServerResponse} from 'node:http';
import type {ServerOptions} from 'node:https';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Refusal} from '../doctor/rbac-requests.ts';
import {pem, startServer, tlsOf} from '../http/test-server.ts';
import {ALL_ROUTES, startRecordedKubelet} from '../scrape/kubelet/recorded-kubelet.ts';
import type {RecordedAnswer, RecordedServer} from '../scrape/recorded-server.ts';

const API = join(import.meta.dirname, '../fixtures/apiserver');

/** A recording of test/fixtures/apiserver with its status, or what to do instead of answering. */
export type ApiAnswer =
	| {readonly status: number; readonly file: string; readonly headers?: Readonly<Record<string, string>>}
	| {readonly status: number; readonly text: string; readonly headers?: Readonly<Record<string, string>>}
	| 'hang';

export type ClusterOptions = {
	/** What the API server answers to a path that matches, instead of what it usually does. First match first. */
	readonly api?: ReadonlyArray<readonly [path: RegExp, answer: ApiAnswer]> | undefined;
	readonly kubelet?: Readonly<Record<string, RecordedAnswer>>;
	/** The kubelet's certificate; `server-hostname` is for node-a alone, as kubelets' own are. */
	readonly kubeletTls?: ServerOptions | undefined;
	/** The user of the kubeconfig; the client certificate unless told otherwise. */
	readonly user?: object;
	/** The proxy-url of the cluster. */
	readonly proxyUrl?: string;
	/** The port of its API server; any free one if absent. */
	readonly apiPort?: number;
	/** Changes the recorded list of nodes. */
	readonly nodes?: (list: NodeList) => void;
	/** Only these tokens are let in by the API server, as they are at the time. */
	readonly tokens?: () => readonly string[];
	/** Whether who has no certificate gets in too. */
	readonly isOpen?: boolean;
	/** Why a request is refused; undefined: it is not. */
	readonly authorize?: {
		readonly api: (request: IncomingMessage) => Refusal | undefined;
		readonly kubelet: (request: IncomingMessage) => Refusal | undefined;
	};
};

type NodeList = {items: Array<RecordedNode>};
export type RecordedPod = {metadata: {name: string; resourceVersion: string}; status: object};

export type RecordedNode = {
	metadata: {name: string; uid: string; labels: Record<string, string>};
	spec: object;
	status: {
		addresses: Array<{type: string; address: string}>;
		daemonEndpoints: {kubeletEndpoint: {Port: number}};
	};
};

export type RecordedCluster = {
	readonly kubeconfig: string;
	readonly kubelet: RecordedServer;
	readonly apiOrigin: string;
	/** `GET /api/v1/nodes?limit=500`. */
	readonly requests: readonly string[];
	/** The Authorization header of each. */
	readonly authorizations: ReadonlyArray<string | undefined>;
	/** Sends an event to every watch that is open on the collection. */
	readonly push: (resource: 'nodes' | 'pods', type: string, object: object) => void;
	/** The recorded objects, as they are served. */
	readonly nodes: () => readonly RecordedNode[];
	readonly pods: () => readonly RecordedPod[];
	/** Connections to its API server and its kubelet that are open. */
	readonly openConnections: () => number;
	readonly close: () => Promise<void>;
};

/** Only who shows a certificate of the tests' authority gets in. */
const MUTUAL = {ca: pem('ca.crt'), requestCert: true, rejectUnauthorized: true} as const;

const PAGES = [1, 2, 3, 4, 5, 6].map(page => readFileSync(join(API, `pods-limit5-page${page}.json`), 'utf8'));

/** The recorded cluster of one node and 26 pods: its API server and its kubelet, over HTTPS with client certificates. */
export async function startRecordedCluster(options: ClusterOptions = {}): Promise<RecordedCluster> {
	const kubelet = await startRecordedKubelet({
		answers: options.kubelet ?? ALL_ROUTES,
		tls: options.kubeletTls ?? {...tlsOf('server-hostname'), ...MUTUAL},
		...(options.authorize === undefined ? {} : {authorize: options.authorize.kubelet}),
	});
	const requests: string[] = [];
	const authorizations: Array<string | undefined> = [];
	const watches: Array<{readonly path: string; readonly response: ServerResponse}> = [];
	const listener = (request: IncomingMessage, response: ServerResponse): void => {
		const path = request.url ?? '';
		requests.push(`${request.method} ${path}`);
		authorizations.push(request.headers.authorization);
		const isKnown = options.tokens?.().some(token => request.headers.authorization === `Bearer ${token}`);
		const special =
			isKnown === false
				? ({status: 401, file: '401-bad-token.json'} as const)
				: options.api?.find(([pattern]) => pattern.test(path))?.[1];
		if (special === 'hang') {
			return;
		}

		const refused = options.authorize?.api(request);
		if (refused !== undefined) {
			response.writeHead(refused.status, {'content-type': refused.contentType}).end(refused.body);
			return;
		}

		const headers = {'content-type': 'application/json', date: new Date().toUTCString()};
		if (special !== undefined) {
			const body = 'file' in special ? readFileSync(join(API, special.file)) : special.text;
			response.writeHead(special.status, {...headers, ...special.headers}).end(body);
		} else if (path.includes('watch=1')) {
			// Nothing happens in this cluster by itself: the stream stays open.
			response.writeHead(200, headers).flushHeaders();
			watches.push({path, response});
		} else {
			const usual = usualAnswer(path, kubelet.origin, options.nodes);
			// Where nodes are hidden, their addresses are those of their pods: not to be looked for in a real network.
			const body = options.authorize === undefined ? usual : usual?.replaceAll('10.240.0.10"', '127.0.0.1"');
			response.writeHead(body === undefined ? 404 : 200, headers).end(body ?? '404 page not found');
		}
	};
	const isMutual = options.tokens === undefined && options.isOpen !== true;
	const api = await startServer(
		listener,
		{...tlsOf('server-ip'), ...(isMutual ? MUTUAL : {})},
		options.apiPort,
	);
	const folder = await mkdtemp(join(tmpdir(), 'ktop-cluster-'));
	const kubeconfig = join(folder, 'config');
	await writeFile(kubeconfig, kubeconfigOf(api.origin, options));
	return {
		kubeconfig,
		kubelet,
		apiOrigin: api.origin,
		requests,
		authorizations,
		push(resource, type, object) {
			for (const {path, response} of watches) {
				if (path.startsWith(`/api/v1/${resource}?`)) {
					response.write(`${JSON.stringify({type, object})}\n`);
				}
			}
		},
		nodes: () => JSON.parse(nodesAt(kubelet.origin, options.nodes)).items,
		pods: () => PAGES.flatMap(page => JSON.parse(page).items),
		openConnections: () => api.openConnections() + kubelet.openConnections(),
		async close() {
			await Promise.all([api.close(), kubelet.close()]);
			await rm(folder, {recursive: true});
		},
	};
}

function usualAnswer(
	path: string,
	kubeletOrigin: string,
	changeNodes: ClusterOptions['nodes'],
): string | undefined {
	const {pathname, searchParams} = new URL(path, 'http://api');
	switch (pathname) {
		case '/version':
			return readFileSync(join(API, 'version.json'), 'utf8');
		case '/api/v1/nodes':
			return nodesAt(kubeletOrigin, changeNodes);
		case '/api/v1/pods': {
			const token = searchParams.get('continue');
			const before = PAGES.findIndex(page => JSON.parse(page).metadata.continue === token);
			return PAGES[token === null ? 0 : before + 1];
		}

		default:
			return objectOrEvents(pathname);
	}
}

/** An object of the recorded lists, or the events of a pod that crashes. */
function objectOrEvents(pathname: string): string | undefined {
	const [, namespace, resource, name] =
		/^\/api\/v1\/namespaces\/([^/]+)\/(pods|events)(?:\/([^/]+))?$/.exec(pathname) ?? [];
	if (resource === 'events') {
		const now = new Date().toISOString();
		const event = {
			type: 'Warning',
			reason: 'BackOff',
			message: 'Back-off restarting',
			count: 7,
			lastTimestamp: now,
		};
		return JSON.stringify({kind: 'EventList', metadata: {}, items: [{metadata: {}, ...event}]});
	}

	const pods: ReadonlyArray<{metadata: {namespace: string; name: string}}> = PAGES.flatMap(
		page => JSON.parse(page).items,
	);
	const pod = pods.find(({metadata}) => metadata.namespace === namespace && metadata.name === name);
	return pod && JSON.stringify(pod);
}

/** As recorded, but where its kubelet is now. */
function nodesAt(kubeletOrigin: string, change: ClusterOptions['nodes']): string {
	const list: NodeList = JSON.parse(readFileSync(join(API, 'nodes.json'), 'utf8'));
	const {hostname, port} = new URL(kubeletOrigin);
	for (const {status} of list.items) {
		status.addresses = status.addresses.map(address =>
			address.type === 'InternalIP' ? {...address, address: hostname} : address,
		);
		status.daemonEndpoints.kubeletEndpoint.Port = Number(port);
	}

	change?.(list);
	return JSON.stringify(list);
}

const CERTIFICATE_USER = {
	'client-certificate-data': base64(pem('client.crt')),
	'client-key-data': base64(pem('client.key')),
};

function kubeconfigOf(
	server: string,
	{user = CERTIFICATE_USER, proxyUrl}: Pick<ClusterOptions, 'user' | 'proxyUrl'>,
): string {
	return JSON.stringify({
		'current-context': 'prod',
		clusters: [{name: 'prod-eu', cluster: {...clusterAt(server), 'proxy-url': proxyUrl}}],
		users: [{name: 'reader', user}],
		contexts: [{name: 'prod', context: {cluster: 'prod-eu', user: 'reader', namespace: 'shop'}}],
	});
}

function clusterAt(server: string): object {
	return {server, 'certificate-authority-data': base64(pem('ca.crt'))};
}

/** Where a context leads, and as whom; the client certificate unless told otherwise. */
export type ContextSpec = {readonly server: string; readonly user?: object};

/** A kubeconfig of several clusters: each context has its own cluster and user, and the first one is the current one. */
export function kubeconfigOfContexts(contexts: Readonly<Record<string, ContextSpec>>): string {
	const names = Object.keys(contexts);
	return JSON.stringify({
		'current-context': names[0],
		clusters: names.map(name => ({
			name: `${name}-cluster`,
			cluster: clusterAt(contexts[name]?.server ?? ''),
		})),
		users: names.map(name => ({name: `${name}-user`, user: contexts[name]?.user ?? CERTIFICATE_USER})),
		contexts: names.map(name => ({name, context: {cluster: `${name}-cluster`, user: `${name}-user`}})),
	});
}

function base64(text: string): string {
	return Buffer.from(text).toString('base64');
}
