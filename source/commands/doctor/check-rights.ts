import {apiFailure} from '../../cluster/connection/api/api-failure.ts';
import type {StreamingEndpoint} from '../../http/endpoint.ts';
import type {KtopError} from '../../metrics/failure.ts';
import {expected} from './check-server.ts';
import {bad, type Finding, good, warning} from './finding.ts';
import {grant} from './missing-right.ts';

const MAX_ANSWER_BYTES = 16 * 2 ** 20;

type Right = {readonly verb: 'list' | 'watch'; readonly resource: 'nodes' | 'pods'; readonly path: string};

/** Whether nodes and pods may be listed and watched; where pods may be in one namespace alone, that is said. */
export async function checkRights(
	api: StreamingEndpoint,
	options: {
		readonly timeoutMs: number;
		/** The only namespace that is asked for; undefined: all. */
		readonly namespace: string | undefined;
		/** Where to look for pods when the right to list them everywhere is missing. */
		readonly ownNamespace: string;
	},
): Promise<readonly Finding[]> {
	const {timeoutMs, namespace, ownNamespace} = options;
	const podsOf = (one: string): string => `/api/v1/namespaces/${encodeURIComponent(one)}/pods`;
	const nodes = await checkResource(api, 'nodes', '/api/v1/nodes', timeoutMs);
	const pods = await checkResource(
		api,
		'pods',
		namespace === undefined ? '/api/v1/pods' : podsOf(namespace),
		timeoutMs,
	);
	const isEverywhereRefused = namespace === undefined && pods.some(({code}) => code === 'forbidden');
	if (!isEverywhereRefused) {
		return [...nodes, ...pods];
	}

	const path = podsOf(ownNamespace);
	const own = await failureOf(api, {verb: 'list', resource: 'pods', path}, timeoutMs);
	return own === undefined
		? [
				...nodes,
				...pods.map(finding => ({...finding, verdict: 'warning'}) as const),
				warning('namespace', `only the pods of namespace ${ownNamespace} may be listed, and are shown`, []),
			]
		: [...nodes, ...pods];
}

async function checkResource(
	api: StreamingEndpoint,
	resource: Right['resource'],
	path: string,
	timeoutMs: number,
): Promise<readonly Finding[]> {
	const findings: Finding[] = [];
	for (const verb of ['list', 'watch'] as const) {
		const failure = await failureOf(api, {verb, resource, path}, timeoutMs);
		const check = `${verb} ${resource}`;
		if (failure === undefined) {
			findings.push(good(check, `allowed (${path})`));
		} else if (failure.code !== 'forbidden') {
			findings.push(bad(check, failure));
		} else if (verb === 'list') {
			// Nobody watches without listing: one manifest gives both.
			return [bad(check, failure, grant(failure, resource, ['list', 'watch']))];
		} else {
			findings.push({...bad(check, failure, grant(failure, resource, ['watch'])), verdict: 'warning'});
		}
	}

	return findings;
}

/** Tries the right with the smallest request there is for it. */
async function failureOf(
	api: StreamingEndpoint,
	{verb, resource, path}: Right,
	timeoutMs: number,
): Promise<KtopError | undefined> {
	const subject = `${verb} ${resource}`;
	const accept = 'application/json';
	try {
		if (verb === 'list') {
			const answer = await api.get(`${path}?limit=1`, {timeoutMs, maxBytes: MAX_ANSWER_BYTES, accept});
			return apiFailure(answer, subject);
		}

		const stream = await api.stream(`${path}?watch=1&timeoutSeconds=1`, {
			idleTimeoutMs: timeoutMs,
			maxLineBytes: MAX_ANSWER_BYTES,
			accept,
		});
		stream.close();
		return apiFailure(stream, subject);
	} catch (error) {
		return expected(error);
	}
}
