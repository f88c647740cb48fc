import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {answerApi} from '../../source/demo/api/answer.ts';
import {answer, type DemoAnswer} from '../../source/demo/kubelet/answer.ts';
import {createCluster} from '../../source/demo/model/cluster.ts';
import {startServer, tlsOf} from '../http/test-server.ts';
import {ALL_HOSTILE, HOSTILE_TEXTS, poisoned, poisonedJson, poisonedMetrics} from './hostile-text.ts';

const DAY_MS = 86_400_000;

type ApiObject = {
	metadata: {name: string; labels: Record<string, string>; annotations?: Record<string, string>};
	spec: {taints?: object[]};
	status: {
		addresses?: Array<{type: string; address: string}>;
		daemonEndpoints?: {kubeletEndpoint: {Port: number}};
		conditions?: Array<{type: string; status: string; reason?: string; message?: string}>;
		containerStatuses?: Array<{state: object; lastState: object}>;
		phase?: string;
		reason?: string;
		message?: string;
		qosClass?: string;
	};
};

export type HostileCluster = {
	/** Of hostile names. */
	readonly kubeconfig: string;
	readonly nodeNames: readonly string[];
	readonly requests: readonly string[];
	readonly close: () => Promise<void>;
};

/**
 * The demo cluster with its texts poisoned, over real sockets: an API server, and for each node a kubelet by HTTPS. The
 * first of six kubelets refuses with a hostile text, the second fails with one, the fourth serves metrics alone, which take
 * two samples and are left out where it `isQuick`; the others serve all. `refused` are paths of the API server that are
 * answered by a hostile 403.
 */
export async function startHostileCluster({
	refused,
	isQuick = false,
}: {
	readonly refused?: RegExp;
	readonly isQuick?: boolean;
} = {}): Promise<HostileCluster> {
	const bornMs = Math.floor(Date.now() / DAY_MS) * DAY_MS;
	const model = {
		...createCluster({nodes: HOSTILE_TEXTS.length, pods: 80, seed: 1}, bornMs),
		faults: new Map(),
	};
	const requests: string[] = [];
	const answers = new Map<string, DemoAnswer>();
	const kubelets = await Promise.all(
		model.nodeNames.map(async (name, index) => {
			const kubelet = await startServer((request, response) => {
				send(
					response,
					answerOfKubelet(
						isQuick && index % 6 === 3 ? 1 : index,
						answer(model, 'GET', `/nodes/${name}${request.url}`, Date.now()),
					),
				);
			}, tlsOf('server-ip'));
			return kubelet;
		}),
	);
	/** What the API server says of its objects, made worse. */
	const worse = (object: ApiObject, index: number): ApiObject => {
		const {status, spec} = object;
		if (status.addresses !== undefined) {
			const node = model.nodeNames.findIndex(name => poisoned(name) === object.metadata.name);
			status.addresses = [{type: 'InternalIP', address: '127.0.0.1'}];
			status.daemonEndpoints = {
				kubeletEndpoint: {Port: Number(new URL(kubelets[node]?.origin ?? '').port)},
			};
			object.metadata.labels[`node-role.kubernetes.io/${ALL_HOSTILE}`] = '';
			spec.taints = [{key: ALL_HOSTILE, value: ALL_HOSTILE, effect: ALL_HOSTILE}];
			status.conditions?.push({
				type: `${ALL_HOSTILE}Pressure`,
				status: ALL_HOSTILE,
				reason: ALL_HOSTILE,
				message: ALL_HOSTILE,
			});
		} else if (index % 5 === 1) {
			status.phase = ALL_HOSTILE;
			status.reason = ALL_HOSTILE;
			status.message = ALL_HOSTILE;
			status.qosClass = ALL_HOSTILE;
		} else if (index % 5 === 2) {
			for (const container of status.containerStatuses ?? []) {
				container.state = {waiting: {reason: ALL_HOSTILE, message: ALL_HOSTILE}};
				container.lastState = {terminated: {exitCode: 1, reason: ALL_HOSTILE, message: ALL_HOSTILE}};
			}
		}

		return object;
	};
	const api = await startServer((request: IncomingMessage, response: ServerResponse) => {
		const url = decodePath(request.url ?? '/', model.nodeNames);
		requests.push(url);
		if (refused?.test(url) === true) {
			send(response, {status: 403, contentType: 'application/json', body: refusal(), delayMs: 0});
			return;
		}

		const answered = answerApi(model, 'GET', url, Date.now());
		if (answered === 'hang') {
			return;
		}

		if ('watch' in answered) {
			response.writeHead(200, {'content-type': 'application/json'});
			response.flushHeaders();
			return;
		}

		// What the API server says is poisoned once: it would take longer than all that is tested.
		const said = url.includes('/proxy/')
			? answerOfKubelet(0, answered)
			: (answers.get(url) ?? {...answered, body: body(answered, worse)});
		answers.set(url, said);
		send(response, said);
	});
	const folder = mkdtempSync(join(tmpdir(), 'ktop-hostile-'));
	const kubeconfig = join(folder, 'config');
	const [context, cluster, user] = ['context', 'cluster', 'user'].map(
		name => name + ALL_HOSTILE.replace(/\p{Cs}/gu, '\uFFFD'),
	);
	writeFileSync(
		kubeconfig,
		JSON.stringify({
			'current-context': context,
			clusters: [{name: cluster, cluster: {server: api.origin}}],
			users: [{name: user, user: {}}],
			contexts: [{name: context, context: {cluster, user}}],
		}),
	);
	return {
		kubeconfig,
		nodeNames: model.nodeNames.map(poisoned),
		requests,
		async close() {
			await Promise.all([api, ...kubelets].map(({close}) => close()));
			rmSync(folder, {recursive: true});
		},
	};
}

/** Names in a path are the demo's own there. */
function decodePath(url: string, names: readonly string[]): string {
	return names.reduce(
		(path, name) => path.replace(encodeURIComponent(poisoned(name).replace(/\p{Cs}/gu, '\uFFFD')), name),
		url,
	);
}

function body(
	{body: text, status}: DemoAnswer,
	worse: (object: ApiObject, index: number) => ApiObject,
): string {
	const json = poisonedJson(JSON.parse(text));
	if (status === 200 && typeof json === 'object' && json !== null && 'items' in json) {
		(json.items as ApiObject[]).forEach((object, index) => {
			if ('status' in object) {
				worse(object, index);
			}
		});
	}

	return JSON.stringify(json);
}

function answerOfKubelet(index: number, answered: DemoAnswer | 'hang'): DemoAnswer {
	const text = {contentType: 'text/plain; charset=\u009B5m\u00AD', delayMs: 0};
	switch (index % 6) {
		case 0:
			return {
				...text,
				status: 403,
				body: `Forbidden (user=${ALL_HOSTILE}, verb=get, resource=nodes, subresource(s)=[stats])`,
			};
		case 1:
			return {...text, status: 500, body: ALL_HOSTILE};
		default:
			break;
	}

	if (answered === 'hang') {
		throw new Error('no fault is configured');
	}

	const isJson = answered.contentType === 'application/json';
	if (isJson && index % 6 === 3) {
		return {...text, status: 404, body: ALL_HOSTILE};
	}

	return {
		...answered,
		body: isJson ? JSON.stringify(poisonedJson(JSON.parse(answered.body))) : poisonedMetrics(answered.body),
	};
}

function refusal(): string {
	return JSON.stringify({
		kind: 'Status',
		apiVersion: 'v1',
		status: 'Failure',
		reason: ALL_HOSTILE,
		message: `pods is forbidden: User "${ALL_HOSTILE}" cannot list resource "pods${ALL_HOSTILE}" in API group "${ALL_HOSTILE}" in the namespace "${ALL_HOSTILE}"`,
		code: 403,
	});
}

function send(response: ServerResponse, {status, contentType, body}: DemoAnswer): void {
	response.writeHead(status, {'content-type': contentType}).end(body);
}
