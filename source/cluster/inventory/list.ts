import {decodeBody} from '../../http/decode-body.ts';
import {KtopError} from '../../metrics/model/failure.ts';
import {ApiError, apiErrorOfAnswer} from './api-error.ts';
import type {ApiReader} from './api-reader.ts';
import {objectAt, textAt} from './json-field.ts';
import {parseListPage} from './list-page.ts';
import {attemptOf, type CollectionTarget, targetUrl} from './target.ts';

export type ListOptions<Item> = {
	readonly decode: (object: unknown) => Item | undefined;
	readonly pageSize: number;
	readonly timeoutMs: number;
	readonly maxPageBytes: number;
	readonly signal: AbortSignal;
};

export type Listing<Item> = {
	readonly items: readonly Item[];
	/** The version from which to watch. */
	readonly resourceVersion: string;
	/** False if the first pages may be older than `resourceVersion`; list again soon. */
	readonly isConsistent: boolean;
};

type Page<Item> = {
	/** Decoded when called, which is once: the page is not kept. */
	readonly items: () => Promise<readonly Item[]>;
	readonly resourceVersion: string;
	readonly continueToken: string | undefined;
};

/**
 * Lists a collection in pages, of which at most two are in memory: one is decoded while the next one comes.
 *
 * Sends no `resourceVersion`, which means the most recent one: with "0" older servers ignore the limit. A continue
 * token expires after about five minutes (410). The list then restarts once; the second time it continues with the
 * token of the answer, since a list that takes longer than that would never end
 * (https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks).
 * Throws `KtopError`, also if a token comes again, since the list would never end.
 */
export async function listCollection<Item>(
	reader: ApiReader,
	target: CollectionTarget,
	options: ListOptions<Item>,
): Promise<Listing<Item>> {
	let items: Item[] = [];
	let continueToken: string | undefined;
	let isConsistent = true;
	let hasRestarted = false;
	const tokens = new Set<string>();
	let coming = readPage(reader, target, continueToken, options);
	for (;;) {
		try {
			const page = await coming;
			continueToken = page.continueToken;
			if (continueToken !== undefined) {
				if (tokens.has(continueToken)) {
					throw endless(target);
				}
				tokens.add(continueToken);
				coming = readPage(reader, target, continueToken, options);
				// Awaited above, when this page is decoded.
				coming.catch(() => {});
			}
			for (const item of await page.items()) {
				items.push(item);
			}
			if (continueToken === undefined) {
				return {items, resourceVersion: page.resourceVersion, isConsistent};
			}
		} catch (error) {
			if (!(error instanceof ApiError) || error.status !== 410 || continueToken === undefined) {
				throw error;
			}
			if (!hasRestarted) {
				hasRestarted = true;
				items = [];
				tokens.clear();
				continueToken = undefined;
			} else if (error.continueToken === undefined || error.continueToken === continueToken) {
				throw error;
			} else {
				isConsistent = false;
				continueToken = error.continueToken;
			}
			coming = readPage(reader, target, continueToken, options);
		}
	}
}

function endless({resource, path}: CollectionTarget): KtopError {
	return new KtopError({
		code: 'bad-answer',
		brief: 'pages repeat',
		message: `list ${resource}: the pages of ${path} repeat, so that the list has no end`,
		hint: 'a proxy or cache in front of the API server may repeat its answers; ktop lists again automatically',
	});
}

async function readPage<Item>(
	reader: ApiReader,
	target: CollectionTarget,
	continueToken: string | undefined,
	{decode, pageSize, timeoutMs, maxPageBytes, signal}: ListOptions<Item>,
): Promise<Page<Item>> {
	const url = targetUrl(target, {
		limit: String(pageSize),
		...(continueToken === undefined ? {} : {continue: continueToken}),
	});
	const answer = await reader.get(url, {
		timeoutMs,
		maxBytes: maxPageBytes,
		accept: 'application/json',
		signal,
	});
	if (answer.status !== 200) {
		throw apiErrorOfAnswer(answer, attemptOf(target, 'list'));
	}
	let page = decodeBody(answer, body => parseListPage(body.toString('utf8')));
	const metadata = page === undefined ? {} : objectAt(page.head, 'metadata');
	const resourceVersion = textAt(metadata, 'resourceVersion');
	if (page === undefined || resourceVersion === undefined) {
		throw new KtopError({
			code: 'bad-answer',
			brief: 'not a Kubernetes list',
			message: `list ${target.resource}: the answer to ${target.path} is not a Kubernetes list`,
			hint: 'check that the address is that of a Kubernetes API server',
		});
	}
	return {
		async items() {
			// The promise of this page may hold it until the next full collection.
			const taken = page;
			page = undefined;
			return (await taken?.items(decode)) ?? [];
		},
		resourceVersion,
		continueToken: textAt(metadata, 'continue'),
	};
}
