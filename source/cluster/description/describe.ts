import type {Answer} from '../../http/endpoint.ts';
import {pathSegment} from '../../http/path-segment.ts';
import type {
	AnswerOrFailure,
	DescribedFact,
	DescribedObject,
	Description,
	ObjectEvent,
} from '../../metrics/model/description.ts';
import {type Failure, KtopError} from '../../metrics/model/failure.ts';
import {isJsonObject} from '../../metrics/model/json.ts';
import {apiFailure} from '../connection/api/api-failure.ts';
import type {ApiReader} from '../inventory/api-reader.ts';
import {decodeEvents} from './event-decoder.ts';
import {nodeDescription} from './node-description.ts';
import {podDescription} from './pod-description.ts';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 8 * 2 ** 20;

/** More than the events of one object within the hour for which they are kept. */
const MOST_EVENTS = 500;

/** client-go's recorder writes events about objects without a namespace, such as nodes, into this one. */
const NAMESPACE_OF_NODES = 'default';

/** Reads an object and its events. What fails is part of the result; rejects only if the signal aborts. */
export async function describeObject(
	api: Pick<ApiReader, 'get'>,
	object: DescribedObject,
	signal: AbortSignal,
): Promise<Description> {
	const [facts, events] = await Promise.all([
		ask<readonly DescribedFact[]>(() => readFacts(api, object, signal)),
		ask<readonly ObjectEvent[]>(() => readEvents(api, object, signal)),
	]);
	signal.throwIfAborted();
	return {facts, events};
}

async function ask<Value>(read: () => Promise<Value>): Promise<AnswerOrFailure<Value>> {
	try {
		return {kind: 'known', value: await read()};
	} catch (error) {
		return {kind: 'failed', failure: failureOf(error)};
	}
}

function failureOf(error: unknown): Failure {
	if (error instanceof KtopError) {
		const {code, brief, message, hint} = error;
		return {code, brief, message, hint};
	}

	return unreadable(error instanceof Error ? error.message : String(error));
}

function unreadable(what: string): Failure {
	return {
		code: 'bad-answer',
		brief: 'not a Kubernetes list',
		message: `describe: ${what}`,
		hint: 'check that the address is that of a Kubernetes API server',
	};
}

/** Only nodes and pods: ktop needs no right to read the objects of workloads. */
async function readFacts(
	api: Pick<ApiReader, 'get'>,
	{kind, namespace, name, container}: DescribedObject,
	signal: AbortSignal,
): Promise<readonly DescribedFact[]> {
	if (kind === 'Node') {
		return nodeDescription(await getObject(api, `/api/v1/nodes/${pathSegment(name)}`, 'get nodes', signal));
	}

	if (kind === 'Pod' && namespace !== undefined) {
		const path = `/api/v1/namespaces/${pathSegment(namespace)}/pods/${pathSegment(name)}`;
		return podDescription(await getObject(api, path, 'get pods', signal), container);
	}

	return [];
}

async function readEvents(
	api: Pick<ApiReader, 'get'>,
	{kind, namespace = NAMESPACE_OF_NODES, name, container}: DescribedObject,
	signal: AbortSignal,
): Promise<readonly ObjectEvent[]> {
	const query = new URLSearchParams({
		fieldSelector: `involvedObject.kind=${kind},involvedObject.name=${name}`,
		limit: String(MOST_EVENTS),
	});
	const path = `/api/v1/namespaces/${pathSegment(namespace)}/events?${query}`;
	const events = decodeEvents(await getObject(api, path, 'list events', signal), container);
	if (events === undefined) {
		throw new KtopError(unreadable(`the answer to ${path} is not a Kubernetes list`));
	}

	return events;
}

async function getObject(
	api: Pick<ApiReader, 'get'>,
	path: string,
	subject: string,
	signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
	const answer: Answer = await api.get(path, {
		timeoutMs: TIMEOUT_MS,
		maxBytes: MAX_ANSWER_BYTES,
		accept: 'application/json',
		signal,
	});
	const failure = apiFailure(answer, subject);
	if (failure !== undefined) {
		throw failure;
	}

	const object = parse(answer.body);
	if (!isJsonObject(object)) {
		throw new KtopError(unreadable(`the answer to ${path} is no object`));
	}

	return object;
}

function parse(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8'));
	} catch {
		return undefined;
	}
}
