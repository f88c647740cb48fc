import {apiFailure} from '../cluster/connection/api/api-failure.ts';
import type {StreamingEndpoint} from '../http/endpoint.ts';
import {pathSegment} from '../http/path-segment.ts';
import type {KtopError} from '../metrics/model/failure.ts';
import type {Namespaces} from '../metrics/model/view.ts';
import {expected} from './check-server.ts';
import {bad, type Finding, good, skipped, warning} from './finding.ts';
import {grant, ROLES} from './missing-right.ts';

const MAX_ANSWER_BYTES = 16 * 2 ** 20;

/** A pod that does not exist: the API server checks the right to its logs before its existence. */
const NO_POD = 'ktop-doctor-asks-for-no-pod';

type Verb = 'list' | 'watch';
type Resource = 'nodes' | 'pods';
type RightsOptions = {
	readonly timeoutMs: number;
	/** The namespaces to check; undefined: all. */
	readonly namespaces: Namespaces;
	/** The namespace to check for pods if the right to list them in all namespaces is missing. */
	readonly ownNamespace: string;
};

/** Checks the rights to list and watch nodes and pods, and those that the keys `l` and `s` need. */
export async function checkRights(
	api: StreamingEndpoint,
	{timeoutMs, namespaces, ownNamespace}: RightsOptions,
): Promise<readonly Finding[]> {
	const nodes = await checkResource(api, 'nodes', '/api/v1/nodes', timeoutMs);
	const paths = namespaces?.map(podsOf) ?? ['/api/v1/pods'];
	const pods = (await Promise.all(paths.map(path => checkResource(api, 'pods', path, timeoutMs)))).flat();
	const isListRefused = pods.some(({check, code}) => check === 'list pods' && code === 'forbidden');
	const own =
		namespaces === undefined && isListRefused ? await checkOwn(api, ownNamespace, timeoutMs) : undefined;
	return [
		...nodes,
		// If some of the pods may be listed, this is no failure.
		...(own === undefined ? pods : pods.map(narrowed)),
		...(own === undefined ? [] : [own]),
		...(await checkOptional(api, namespaces?.[0] ?? ownNamespace, timeoutMs)),
	];
}

function podsOf(namespace: string): string {
	return `/api/v1/namespaces/${pathSegment(namespace)}/pods`;
}

function narrowed(finding: Finding): Finding {
	return finding.verdict === 'failed' ? {...finding, verdict: 'warning'} : finding;
}

async function checkResource(
	api: StreamingEndpoint,
	resource: Resource,
	path: string,
	timeoutMs: number,
): Promise<readonly Finding[]> {
	const list = await failureOf(api, 'list', resource, path, timeoutMs);
	if (list !== undefined && list.code !== 'forbidden') {
		return [bad(`list ${resource}`, list)];
	}

	const watch = await failureOf(api, 'watch', resource, path, timeoutMs);
	const allowed = (verb: Verb): Finding => good(`${verb} ${resource}`, `allowed (${path})`);
	if (list !== undefined) {
		return [
			bad(`list ${resource}`, list, grant(list, ROLES[resource])),
			watch === undefined
				? allowed('watch')
				: skipped(`watch ${resource}`, `is missing too; what gives list ${resource} gives this`),
		];
	}

	if (watch?.code === 'forbidden') {
		return [
			allowed('list'),
			{
				...warning(
					`watch ${resource}`,
					`only watch on ${resource} is missing, so changes show late: ${watch.message}`,
					grant(watch, ROLES[resource]),
				),
				code: watch.code,
			},
		];
	}

	return [allowed('list'), watch === undefined ? allowed('watch') : bad(`watch ${resource}`, watch)];
}

/** Checks the pods of one namespace where they may not be listed in all; undefined if they may not be listed there either. */
async function checkOwn(
	api: StreamingEndpoint,
	namespace: string,
	timeoutMs: number,
): Promise<Finding | undefined> {
	const path = podsOf(namespace);
	if ((await failureOf(api, 'list', 'pods', path, timeoutMs)) !== undefined) {
		return undefined;
	}

	const watch = await failureOf(api, 'watch', 'pods', path, timeoutMs);
	return warning(
		'namespace',
		watch === undefined
			? `only the pods of namespace ${namespace} may be listed and watched, and are shown`
			: `only the pods of namespace ${namespace} may be listed, and are shown; there is no right to watch them, so that changes show late`,
		[],
	);
}

/** The rights of kubectl for the keys `l` and `s`, which ktop itself does not need, and to events, which are optional. */
async function checkOptional(
	api: StreamingEndpoint,
	namespace: string,
	timeoutMs: number,
): Promise<readonly Finding[]> {
	const failure = await failureOfGet(api, `${podsOf(namespace)}/${NO_POD}/log`, 'get pods/log', timeoutMs);
	const logs =
		failure === undefined || failure.code === 'not-found'
			? good('logs (key l)', `allowed: get on pods/log in namespace ${namespace}`)
			: {
					...skipped('logs (key l)', `optional: l needs get on pods/log; ${failure.message}`),
					code: failure.code,
					fix: failure.code === 'forbidden' ? grant(failure, ROLES.logs) : [failure.hint],
				};
	return [
		await checkEvents(api, namespace, timeoutMs),
		logs,
		{
			...skipped(
				'shell (key s)',
				'optional: s needs create on pods/exec, which ktop does not check since it only sends GET',
			),
			fix: [`check it with: kubectl auth can-i create pods/exec --namespace ${namespace}`],
		},
	];
}

/** The right to the events that facts show. */
async function checkEvents(api: StreamingEndpoint, namespace: string, timeoutMs: number): Promise<Finding> {
	const path = `/api/v1/namespaces/${pathSegment(namespace)}/events?limit=1`;
	const failure = await failureOfGet(api, path, 'list events', timeoutMs);
	return failure === undefined
		? good('events (key d)', `allowed: list on events in namespace ${namespace}`)
		: {
				...skipped('events (key d)', `optional: facts show events with list on events; ${failure.message}`),
				code: failure.code,
				fix: failure.code === 'forbidden' ? grant(failure, ROLES.events) : [failure.hint],
			};
}

/** Tries a right with the smallest request that needs it. */
async function failureOf(
	api: StreamingEndpoint,
	verb: Verb,
	resource: Resource,
	path: string,
	timeoutMs: number,
): Promise<KtopError | undefined> {
	const subject = `${verb} ${resource}`;
	if (verb === 'list') {
		return failureOfGet(api, `${path}?limit=1`, subject, timeoutMs);
	}

	try {
		const stream = await api.stream(`${path}?watch=1&timeoutSeconds=1`, {
			idleTimeoutMs: timeoutMs,
			maxLineBytes: MAX_ANSWER_BYTES,
			accept: 'application/json',
		});
		stream.close();
		return apiFailure(stream, subject);
	} catch (error) {
		return expected(error);
	}
}

async function failureOfGet(
	api: StreamingEndpoint,
	path: string,
	subject: string,
	timeoutMs: number,
): Promise<KtopError | undefined> {
	try {
		const answer = await api.get(path, {
			timeoutMs,
			maxBytes: MAX_ANSWER_BYTES,
			accept: 'application/json',
		});
		return apiFailure(answer, subject);
	} catch (error) {
		return expected(error);
	}
}
