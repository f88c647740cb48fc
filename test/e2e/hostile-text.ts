/** Texts that do something to a terminal, a line or a table that prints them as they are. */
export const HOSTILE_TEXTS = [
	// CSI: colours that ktop never uses, erasing, moving, scroll regions, modes, and questions that are answered as keys.
	'\u001B[5;8;31mBLINK',
	'\u001B[2J\u001B[3J\u001B[1;1f',
	'\u001B[5n\u001B[6n\u001B[c\u001B[>0q',
	'\u001B[?1049l\u001B[?25h\u001B[?1003h',
	// OSC, DCS, APC and the resets: title, clipboard, links, palette.
	'\u001B]0;TITLE\u0007',
	'\u001B]52;c;ZXZpbA==\u001B\\',
	'\u001B]8;;https://evil.example\u001B\\LINK\u001B]8;;\u001B\\',
	'\u001BP$q"p\u001B\\\u001B_G\u001B\\',
	'\u001Bc\u001B(0lqqk',
	// The same as C1 controls, which some terminals obey.
	'\u009B5;8mC1\u009D0;TITLE\u009C\u0090q\u0085',
	// C0: what breaks lines, overwrites them, rings or shifts.
	'A\nB\r\nC\rD\tE\u000B\u000C',
	'\u0007\u0008\u0008\u0008\u000E\u000F\u007F\u0000',
	// What ends lines or hides and reorders text without being a control character.
	'\u2028\u2029\u202E\u2066drow\u2069\u202C\u200F\u061C',
	'\u200B\u2060\uFEFF\u00AD\u{E0041}\u{E0001}\uFFF9a\uFFFBb',
	// Widths: wide, combining without end, joined, doubtful.
	'日本語ＷＩＤＥ한국',
	`e${'\u0301'.repeat(40)}o\u0308`,
	'👩‍👩‍👧‍👦🏳️‍🌈🇩🇪👍🏽☠️⚠',
	'ไทยहिन्दी\u0B95\u0BCD\u0BB7العربية',
	'\uFDFD\u3164\u115F\uFFA0\u2800\u034F',
	'\u0301\u200Dfirst\u200Cb\uFE0F',
	// Half a character, as JSON may hold it.
	'\uD83D|\uDE00',
	// Formulas of spreadsheets and their separators.
	'=HYPERLINK("http://evil.example";"x")',
	'+1+1|cmd!A1',
	'@SUM(1,2)"quoted",\r\n-3',
	'x'.repeat(300),
] as const;

/** All of them, one behind the other. */
export const ALL_HOSTILE = HOSTILE_TEXTS.join('');

/** The text with a hostile one before or behind it: always the same, so that what is joined by names still is. */
export function poisoned(text: string): string {
	let hash = 7;
	for (const character of text) {
		hash = (hash * 31 + character.charCodeAt(0)) % 1_000_003;
	}

	// Each of them is in the name of a node.
	const place = Number(/^worker-(\d+)$/.exec(text)?.[1] ?? hash) - 1;
	const hostile = HOSTILE_TEXTS[place % HOSTILE_TEXTS.length] ?? '';
	// Formulas do their work at the beginning, and whatever cuts names cuts their end.
	return hash % 3 === 0 || /^[=+@]/.test(hostile) ? hostile + text : text + hostile;
}

/** Fields whose text has a syntax that ktop reads, or by which objects are joined with what is not poisoned. */
const SYNTAX =
	/^(?:apiVersion|kind|resourceVersion|continue|uid|address|hostIP|podIP|.*Time|.*Timestamp|startedAt|finishedAt|time|window|status|phase|Port|timestamp)$/;

/** Objects all of whose values are amounts or have one of few values. */
const SYNTAX_IN = /^(?:capacity|allocatable|requests|limits|usage)$/;

/** Keys that ktop looks for. */
const KNOWN_TYPES =
	/^(?:InternalIP|Hostname|Ready|.*Pressure|Initialized|ContainersReady|PodScheduled|PodReadyToStartContainers)$/;

/** A copy of an answer in JSON with each text poisoned, keys of labels too, except for what has a syntax. */
export function poisonedJson(value: unknown, key = ''): unknown {
	if (typeof value === 'string') {
		return SYNTAX.test(key) || KNOWN_TYPES.test(value) ? value : poisoned(value);
	}

	if (Array.isArray(value)) {
		return value.map(each => poisonedJson(each, key));
	}

	if (typeof value !== 'object' || value === null || SYNTAX_IN.test(key)) {
		return value;
	}

	const isLabels = key === 'labels' || key === 'annotations';
	return Object.fromEntries(
		Object.entries(value).map(([name, each]) => [
			isLabels ? poisoned(name) : name,
			poisonedJson(each, isLabels ? '' : name),
		]),
	);
}

/** Metrics in text format with each label value poisoned that names something. */
export function poisonedMetrics(text: string): string {
	return text.replace(
		/\b(container|pod|namespace|node|image|name|interface|device)="([^"]*)"/g,
		(_label, name, value) => {
			const escaped = poisoned(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
			return value === '' ? `${name}=""` : `${name}="${escaped}"`;
		},
	);
}
