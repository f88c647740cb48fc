/**
 * What a terminal sends that nobody typed (ECMA-48, xterm ctlseqs): clicks and the wheel, answers to questions about
 * itself, where its cursor is. All with a private parameter, or ended as only answers are; and strings (OSC, DCS, APC).
 */
const REPORT =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: reports begin with ESC
	/\u001B\[(?:[<=>?][\d;:]*[ -/]*[@-~]|\d[\d;]*[Rcntx])|\u001B[\]P_][^\u0007\u001B]*(?:\u0007|\u001B\\)/g;

/** The beginning of a sequence whose rest has not come yet. An Esc alone is a key, and not waited for. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: reports begin with ESC
const CUT_OFF = /\u001B\[(?:[<=>?]?[\d;:]{0,30}[ -/]?)$/;

/** Takes reports out of what is typed. */
export class ReportFilter {
	readonly #onReport: (report: string) => void;
	#pending = '';

	constructor(onReport: (report: string) => void) {
		this.#onReport = onReport;
	}

	/** The text without its reports. */
	filter(chunk: string): string {
		const text = this.#pending + chunk;
		const [cutOff = ''] = CUT_OFF.exec(text) ?? [];
		this.#pending = cutOff;
		return text.slice(0, text.length - cutOff.length).replace(REPORT, report => {
			this.#onReport(report);
			return '';
		});
	}
}
