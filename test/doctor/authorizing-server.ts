import {onTestFinished} from 'vitest';
import {parseAllDocuments} from 'yaml';
import {createEndpoint} from '../../source/http/create-endpoint.ts';
import type {StreamingEndpoint} from '../../source/http/endpoint.ts';
import {startServer} from '../http/test-server.ts';

type Rule = {apiGroups: string[]; resources: string[]; verbs: string[]};
type Subject = {kind: string; name: string; namespace?: string};
type Document = {
	kind: string;
	metadata: {name: string};
	rules?: Rule[];
	roleRef?: {name: string};
	subjects?: Subject[];
};
type Asked = {readonly verb: string; readonly resource: string};

const WORDS = {server: 'API server', caFlag: '--a', insecureFlag: '--b', serverNameFlag: '--c'};

/**
 * An API server, and a kubelet, that evaluate RBAC: whoever asks is named by the token, and may what the ClusterRoles
 * and bindings say that were applied. Applying an object replaces the one of its kind and name, as `kubectl apply` does.
 */
export async function startAuthorizingServer() {
	const objects = new Map<string, Document>();
	const methods = new Set<string | undefined>();
	const may = (user: string, {verb, resource}: Asked): boolean =>
		[...objects.values()].some(
			({kind, subjects = [], roleRef}) =>
				kind === 'ClusterRoleBinding' &&
				subjects.some(subject => userOf(subject) === user) &&
				(objects.get(`ClusterRole ${roleRef?.name}`)?.rules ?? []).some(
					rule =>
						rule.apiGroups.includes('') && rule.resources.includes(resource) && rule.verbs.includes(verb),
				),
		);
	const server = await startServer((request, response) => {
		methods.add(request.method);
		const user = decodeURIComponent(request.headers.authorization?.replace('Bearer ', '') ?? '');
		const url = new URL(request.url ?? '', 'http://server');
		const asked = askedBy(url);
		const status =
			asked === undefined ? 404 : may(user, asked) ? (asked.resource === 'pods/log' ? 404 : 200) : 403;
		if (status === 403 && url.pathname.startsWith('/stats')) {
			response
				.writeHead(403)
				.end(`Forbidden (user=${user}, verb=get, resource=nodes, subresource(s)=[stats])`);
			return;
		}

		response.writeHead(status, {'content-type': 'application/json'});
		response.end(
			JSON.stringify(
				status === 200
					? {kind: 'List', metadata: {resourceVersion: '1'}, items: []}
					: {kind: 'Status', code: status, message: status === 403 ? refusal(user, asked) : 'not found'},
			),
		);
	});
	onTestFinished(server.close);
	return {
		origin: server.origin,
		methods,
		apply(yaml: string): void {
			for (const document of parseAllDocuments(yaml)) {
				const object: Document = document.toJS();
				objects.set(`${object.kind} ${object.metadata.name}`, object);
			}
		},
		/** The server as that user asks it. */
		as(user: string): StreamingEndpoint {
			const endpoint = createEndpoint({
				origin: server.origin,
				words: WORDS,
				authorization: async () => `Bearer ${encodeURIComponent(user)}`,
			});
			onTestFinished(endpoint.close);
			return endpoint;
		},
	};
}

function askedBy({pathname, searchParams}: URL): Asked | undefined {
	if (pathname === '/stats/summary') {
		return {verb: 'get', resource: 'nodes/stats'};
	}

	if (/^\/api\/v1\/namespaces\/[^/]+\/pods\/[^/]+\/log$/.test(pathname)) {
		return {verb: 'get', resource: 'pods/log'};
	}

	const resource = /^\/api\/v1\/(nodes|pods)$/.exec(pathname)?.[1];
	return resource === undefined ? undefined : {verb: searchParams.has('watch') ? 'watch' : 'list', resource};
}

function userOf({kind, name, namespace}: Subject): string {
	return kind === 'ServiceAccount'
		? `system:serviceaccount:${namespace}:${name}`
		: `${kind === 'User' ? '' : 'group '}${name}`;
}

function refusal(user: string, asked: Asked | undefined): string {
	const [resource] = asked?.resource.split('/') ?? [];
	return `${resource} is forbidden: User ${JSON.stringify(user)} cannot ${asked?.verb} resource "${asked?.resource}" in API group "" at the cluster scope`;
}
