import {onTestFinished} from 'vitest';
import {createEndpoint} from '../../source/http/create-endpoint.ts';
import type {StreamingEndpoint} from '../../source/http/endpoint.ts';
import {startServer} from '../http/test-server.ts';
import {RbacEvaluator} from './rbac-evaluator.ts';
import {
	apiAttributes,
	identityOf,
	kubeletAttributes,
	refusalOfApi,
	refusalOfKubelet,
} from './rbac-requests.ts';

const WORDS = {server: 'API server', caFlag: '--a', insecureFlag: '--b', serverNameFlag: '--c'};

/**
 * An API server, and a kubelet, that evaluate RBAC: whoever asks is named by the token, and may what the roles
 * and bindings say that were applied.
 */
export async function startAuthorizingServer() {
	const rbac = new RbacEvaluator();
	const methods = new Set<string | undefined>();
	const server = await startServer((request, response) => {
		methods.add(request.method);
		const who = whoAsks(decodeURIComponent(request.headers.authorization?.replace('Bearer ', '') ?? ''));
		const {pathname} = new URL(request.url ?? '', 'http://server');
		const refused = pathname.startsWith('/stats')
			? refusalOfKubelet(rbac, kubeletAttributes(who, 'node-a', pathname))
			: refusalOfApi(rbac, apiAttributes(who, request));
		if (refused !== undefined) {
			response.writeHead(refused.status, {'content-type': refused.contentType}).end(refused.body);
			return;
		}

		const status = pathname.endsWith('/log') ? 404 : 200;
		response.writeHead(status, {'content-type': 'application/json'});
		response.end(
			JSON.stringify(
				status === 200
					? {kind: 'List', metadata: {resourceVersion: '1'}, items: []}
					: {kind: 'Status', code: status, message: 'not found'},
			),
		);
	});
	onTestFinished(server.close);
	return {
		origin: server.origin,
		methods,
		apply: (yaml: string): void => rbac.apply(yaml),
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

/** `group ops` is somebody of that group. */
function whoAsks(name: string): ReturnType<typeof identityOf> {
	const group = /^group (.*)$/.exec(name)?.[1];
	return group === undefined ? identityOf(name) : {user: 'somebody', groups: [group]};
}
