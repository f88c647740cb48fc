export type Audit =
	| {readonly kind: 'known'; readonly packages: readonly string[]}
	| {readonly kind: 'unknown'; readonly reason: string};

export function readAudit(text: string, severities: readonly string[]): Audit;
