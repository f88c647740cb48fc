/** Asks for the colour of the background (xterm ctlseqs, OSC 11). */
const BACKGROUND_REQUEST = '\u001B]11;?\u001B\\';

/** The answer: one to four hexadecimal digits a channel (XParseColor), and an alpha channel in some terminals. */
const BACKGROUND_RESPONSE =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: reports begin with ESC
	/^\u001B\]11;rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})(?:\/[\da-f]{1,4})?(?:\u0007|\u001B\\)$/i;

/** The weights of red, green and blue in luma (ITU-R BT.601). */
const LUMA = [0.299, 0.587, 0.114] as const;

/** A fast terminal answers in a few milliseconds; a slow link is not waited for. */
const ANSWER_WITHIN_MS = 50;

export type Background = 'light' | 'dark';

/** The background in a report of the terminal; undefined for other reports. */
export function backgroundOf(report: string): Background | undefined {
	const channels = BACKGROUND_RESPONSE.exec(report)?.slice(1, 4);
	if (channels === undefined) {
		return undefined;
	}

	const luma = LUMA.reduce((sum, weight, index) => sum + weight * shareOf(channels[index] ?? ''), 0);
	return luma > 0.5 ? 'light' : 'dark';
}

function shareOf(digits: string): number {
	return Number.parseInt(digits, 16) / (16 ** digits.length - 1);
}

/** The question for the background, asked once. */
export class BackgroundQuestion {
	readonly #onAnswer: (background: Background) => void;
	#isOpen = false;
	#onDone: () => void = () => {};

	/** `onAnswer` is called once, also for an answer after the wait. */
	constructor(onAnswer: (background: Background) => void) {
		this.#onAnswer = onAnswer;
	}

	/**
	 * Asks by `write`. Resolves with the answer, with `endWait`, or after 50 ms. What arrived within these is read first,
	 * also where the process was busy all that time.
	 */
	async ask(write: (request: string) => void): Promise<void> {
		this.#isOpen = true;
		await new Promise<void>(resolve => {
			// Timers run before input is read, and immediates after.
			const timer = setTimeout(() => setImmediate(resolve), ANSWER_WITHIN_MS);
			this.#onDone = () => {
				clearTimeout(timer);
				resolve();
			};
			write(BACKGROUND_REQUEST);
		});
	}

	/** To be called when the terminal responded to what was requested after the question: it has no answer, or a late one. */
	endWait(): void {
		this.#onDone();
	}

	/** Handles a report of the terminal; ignores those that are no answer, and answers without a question. */
	take(report: string): void {
		const background = this.#isOpen ? backgroundOf(report) : undefined;
		if (background !== undefined) {
			this.#isOpen = false;
			this.#onAnswer(background);
			this.#onDone();
		}
	}
}
