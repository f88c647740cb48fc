import {pathSegment} from '../../http/path-segment.ts';
import {decodeStatus} from '../connection/api/status.ts';
import type {ApiReader} from './api-reader.ts';

/** At most 5,000 objects, enough to suggest a misspelled name. */
const PAGE = 500;
const MOST_PAGES = 10;
const MAX_ANSWER_BYTES = 32 * 2 ** 20;

/** Metadata only, if the server supports it. */
const ACCEPT = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

type Reader = Pick<ApiReader, 'get'>;

/**
 * The sorted distinct names or namespaces of the first objects of a collection; undefined if the list is forbidden or
 * fails.
 */
export async function namesOf(
	api: Reader,
	path: '/api/v1/nodes' | '/api/v1/namespaces' | '/api/v1/pods',
	field: 'name' | 'namespace',
	timeoutMs: number,
): Promise<readonly string[] | undefined> {
	const names = new Set<string>();
	let token = '';
	try {
		for (let page = 0; page < MOST_PAGES; page++) {
			const query = new URLSearchParams({limit: String(PAGE), ...(token === '' ? {} : {continue: token})});
			const {status, body} = await api.get(`${path}?${query}`, {
				timeoutMs,
				maxBytes: MAX_ANSWER_BYTES,
				accept: ACCEPT,
			});
			const list: unknown = status === 200 ? JSON.parse(body.toString('utf8')) : undefined;
			const items = propertyOf(list, 'items');
			if (!Array.isArray(items)) {
				return undefined;
			}

			for (const name of items.map(item => propertyOf(propertyOf(item, 'metadata'), field))) {
				if (typeof name === 'string') {
					names.add(name);
				}
			}

			const next = propertyOf(propertyOf(list, 'metadata'), 'continue');
			if (typeof next !== 'string' || next === '') {
				break;
			}

			token = next;
		}

		return [...names].sort();
	} catch {
		// Optional: the names only improve a message.
		return undefined;
	}
}

/** Whether a namespace exists; undefined if the request is forbidden or fails. */
export async function hasNamespace(
	api: Reader,
	name: string,
	timeoutMs: number,
): Promise<boolean | undefined> {
	try {
		const {status, body} = await api.get(`/api/v1/namespaces/${pathSegment(name)}`, {
			timeoutMs,
			maxBytes: MAX_ANSWER_BYTES,
			accept: 'application/json',
		});
		// A 404 without a Status is not from the API server.
		return status === 200 ? true : status === 404 && decodeStatus(body) !== undefined ? false : undefined;
	} catch {
		return undefined;
	}
}

function propertyOf(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
		? (value as Readonly<Record<string, unknown>>)[name]
		: undefined;
}
