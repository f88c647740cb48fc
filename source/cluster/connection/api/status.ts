import {isJsonObject} from '../../../metrics/model/json.ts';

/** The part of a `meta/v1` Status that explains a failure. */
export type Status = {
	/** As the server sent it, or empty; sanitise before showing. */
	readonly message: string;
};

/** `undefined` where the body is no Status: a proxy's page, a kubelet's plain text. */
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
