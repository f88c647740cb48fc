import {isJsonObject} from '../../../metrics/model/json.ts';

/** The part of a `meta/v1` Status that ktop uses. */
export type Status = {
	/** The server's text, or empty; must be made printable before it is shown. */
	readonly message: string;
};

/** Decodes a Status; undefined for other bodies, such as a page of a proxy or the plain text of a kubelet. */
export function decodeStatus(body: Buffer): Status | undefined {
	let value: unknown;
	try {
		value = JSON.parse(body.toString('utf8'));
	} catch {
		return undefined;
	}
	if (!isJsonObject(value) || value.kind !== 'Status') {
		return undefined;
	}
	return {message: typeof value.message === 'string' ? value.message : ''};
}
