const UNITS_MS: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000};

/**
 * Reads a duration as Go and kubectl write it (`500ms`, `10s`, `1m30s`); a number alone is seconds, as for
 * `kubectl --request-timeout` and `top -d`. Undefined for anything else.
 */
export function parseDurationMs(text: string): number | undefined {
	if (/^\d+(?:\.\d+)?$/.test(text)) {
		return Number(text) * 1000;
	}

	if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(text)) {
		return undefined;
	}

	let totalMs = 0;
	for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
		totalMs += Number(amount) * (UNITS_MS[unit ?? ''] ?? 0);
	}

	return totalMs;
}
