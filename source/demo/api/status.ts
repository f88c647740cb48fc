/** What an API server answers where it does not give what was asked for: `meta/v1` Status. */
export type Status = {
	readonly kind: 'Status';
	readonly apiVersion: 'v1';
	readonly metadata: Readonly<Record<string, never>>;
	readonly status: 'Failure';
	readonly message: string;
	readonly reason: string;
	readonly code: number;
};

export function statusObject(code: number, reason: string, message: string): Status {
	return {kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code};
}
