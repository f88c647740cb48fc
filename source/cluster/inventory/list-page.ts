import {ShortTurns} from '../../http/short-turns.ts';
import {isJsonObject, type JsonObject, parseJson} from '../../metrics/model/json.ts';
import {objectsAt} from './json-field.ts';

/** A page of a list of the API server. */
export type ListPage = {
	/** The list without its items. */
	readonly head: JsonObject;
	/** What `decode` makes of each item, in short turns; items of which it makes nothing are left out. */
	readonly items: <Item>(decode: (object: unknown) => Item | undefined) => Promise<readonly Item[]>;
};

const ITEMS = '"items":[';

/** The end of an item and the begin of the next one, as Go writes them: objects begin with their metadata. */
const BETWEEN = '},{"metadata":';

/**
 * Parses a page item by item where it is written as Go does. A page of pods as JSON is ten times as large as what is
 * decoded of it, and V8 would copy it in its young generation. Undefined if the text is no JSON object.
 */
export function parseListPage(text: string): ListPage | undefined {
	const from = text.indexOf(ITEMS) + ITEMS.length;
	const to = text.lastIndexOf(']');
	const head = from < ITEMS.length || to < from ? undefined : parseJson(text.slice(0, from) + text.slice(to));
	return isJsonObject(head)
		? {
				head,
				items: async decode =>
					(await decodeEach(text, from, to, decode)) ?? (await whole(text)?.items(decode)) ?? [],
			}
		: whole(text);
}

function whole(text: string): ListPage | undefined {
	const list = parseJson(text);
	return isJsonObject(list)
		? {head: list, items: async decode => objectsAt(list, 'items').flatMap(object => decode(object) ?? [])}
		: undefined;
}

/**
 * Undefined if the text between is no sequence of objects that all begin with their metadata. A wrong cut, within an item,
 * leaves brackets open, so that it is no JSON.
 */
async function decodeEach<Item>(
	text: string,
	from: number,
	to: number,
	decode: (object: unknown) => Item | undefined,
): Promise<readonly Item[] | undefined> {
	const items: Item[] = [];
	const turns = new ShortTurns();
	for (let start = from; start < to; ) {
		const between = text.indexOf(BETWEEN, start);
		const end = between === -1 || between >= to ? to : between + 1;
		const object = parseJson(text.slice(start, end));
		if (object === undefined) {
			return undefined;
		}

		const item = isJsonObject(object) ? decode(object) : undefined;
		if (item !== undefined) {
			items.push(item);
		}

		start = end + 1;
		await turns.rest();
	}

	return items;
}
