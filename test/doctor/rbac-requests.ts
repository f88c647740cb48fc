import type {IncomingMessage} from 'node:http';
import type {Attributes, RbacEvaluator} from './rbac-evaluator.ts';

/** What a server says to a request that it refuses. */
export type Refusal = {readonly status: 403; readonly contentType: string; readonly body: string};

type Who = {readonly user: string; readonly groups: readonly string[]};

/** The groups that authentication adds to a user. */
export function identityOf(user: string): Who {
	const namespace = /^system:serviceaccount:([^:]+):/.exec(user)?.[1];
	return {
		user,
		groups: [
			'system:authenticated',
			...(namespace === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${namespace}`]),
		],
	};
}

/** What is asked of the API server (k8s.io/apiserver/pkg/endpoints/request/requestinfo.go). */
export function apiAttributes(
	who: Who,
	{method, url = ''}: Pick<IncomingMessage, 'method' | 'url'>,
): Attributes {
	const {pathname, searchParams} = new URL(url, 'http://server');
	const [, root, ...parts] = pathname.split('/');
	const isOfGroup = root === 'apis';
	const [group = ''] = isOfGroup ? parts : [''];
	const [, ...below] = isOfGroup ? parts.slice(1) : parts;
	if ((root !== 'api' && !isOfGroup) || below.length === 0) {
		return {...who, verb: (method ?? 'GET').toLowerCase(), path: pathname};
	}

	const isNamespaced = below[0] === 'namespaces' && below.length > 2;
	const [resource = '', named, subresource] = (isNamespaced ? below.slice(2) : below).map(decodeURIComponent);
	const selected = /^metadata\.name=([^,]+)$/.exec(searchParams.get('fieldSelector') ?? '')?.[1];
	const isWatch = /^(?:1|true)$/.test(searchParams.get('watch') ?? '');
	return {
		...who,
		verb: named !== undefined ? 'get' : isWatch ? 'watch' : 'list',
		group,
		resource: subresource === undefined ? resource : `${resource}/${subresource}`,
		// A list of one object by its name counts as one with that name.
		name: named ?? selected,
		namespace: isNamespaced || resource === 'namespaces' ? below[1] : undefined,
	};
}

/** What a kubelet asks the API server about a request to itself (pkg/kubelet/server/auth.go). */
export function kubeletAttributes(who: Who, node: string, path: string): Attributes {
	const subresource = /^\/(stats|metrics|logs|checkpoint)(?:[/?]|$)/.exec(path)?.[1] ?? 'proxy';
	return {
		...who,
		verb: 'get',
		group: '',
		resource: `nodes/${subresource === 'logs' ? 'log' : subresource}`,
		name: node,
		namespace: undefined,
	};
}

export function refusalOfApi(rbac: RbacEvaluator, attributes: Attributes): Refusal | undefined {
	return rbac.allows(attributes)
		? undefined
		: {
				status: 403,
				contentType: 'application/json',
				body: JSON.stringify({
					kind: 'Status',
					apiVersion: 'v1',
					metadata: {},
					status: 'Failure',
					message: messageOf(attributes),
					reason: 'Forbidden',
					code: 403,
				}),
			};
}

export function refusalOfKubelet(rbac: RbacEvaluator, attributes: Attributes): Refusal | undefined {
	const [resource = '', subresource] = 'resource' in attributes ? attributes.resource.split('/') : [];
	return rbac.allows(attributes)
		? undefined
		: {
				status: 403,
				contentType: 'text/plain; charset=utf-8',
				body: `Forbidden (user=${attributes.user}, verb=${attributes.verb}, resource=${resource}, subresource(s)=[${subresource}])`,
			};
}

/** In the words of k8s.io/apiserver/pkg/endpoints/handlers/responsewriters/errors.go. */
function messageOf(attributes: Attributes): string {
	const user = `User ${JSON.stringify(attributes.user)} cannot ${attributes.verb}`;
	if (!('resource' in attributes)) {
		return `forbidden: ${user} path ${JSON.stringify(attributes.path)}`;
	}

	const {resource, group, name, namespace} = attributes;
	const subject = `${resource.split('/', 1).join('')}${group === '' ? '' : `.${group}`}${name === undefined ? '' : ` ${JSON.stringify(name)}`}`;
	const scope = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
	return `${subject} is forbidden: ${user} resource "${resource}" in API group "${group}" ${scope}`;
}
