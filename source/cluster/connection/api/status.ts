/** The part of a `meta/v1` Status that explains a failure. */
export type Status = {
	/** As the server sent it; sanitise before showing. */
	readonly message: string;
	/** `Forbidden`, `Unauthorized`, `NotFound`, `Expired`, `ServiceUnavailable`, … or empty. */
	readonly reason: string;
	/** From `details`, what the server asks to wait for before the next try. */
	readonly retryAfterSeconds: number | undefined;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `undefined` where the body is no Status: a proxy's page, a kubelet's plain text. */
export function decodeStatus(body: Buffer): Status | undefined {
	let value: unknown;
	try {
		value = JSON.parse(body.toString('utf8'));
	} catch {
		return undefined;
	}
	if (!isRecord(value) || value.kind !== 'Status') return undefined;
	const details = isRecord(value.details) ? value.details : {};
	const seconds = details.retryAfterSeconds;
	return {
		message: asText(value.message),
		reason: asText(value.reason),
		retryAfterSeconds: typeof seconds === 'number' && seconds > 0 ? seconds : undefined,
	};
}
