const UNITS_MS: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};

/**
 * Parses a duration in Go's format (`500ms`, `10s`, `1m30s`), or with days (`7d`), to milliseconds. A number
 * without a unit is seconds, as in `kubectl --request-timeout` and `top -d`. Undefined if invalid.
 */
export function parseDurationMs(text: string): number | undefined {
	if (/^\d+(?:\.\d+)?$/.test(text)) {
		return finite(Number(text) * 1000);
	}

	if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(text)) {
		return undefined;
	}

	let totalMs = 0;
	for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
		totalMs += Number(amount) * (UNITS_MS[unit ?? ''] ?? 0);
	}

	return finite(totalMs);
}

function finite(ms: number): number | undefined {
	return Number.isFinite(ms) ? ms : undefined;
}
