import {type Failure, KtopError} from '../metrics/model/failure.ts';
import type {Log} from '../metrics/model/log.ts';
import type {OptionsOf} from '../options/options.ts';
import type {ScreenSession} from './screen-session.ts';

/** What became of a context that was to be opened. */
export type Switched =
	| {readonly kind: 'opened'}
	| {readonly kind: 'failed'; readonly failure: Failure}
	/** Another one was chosen before it was open. */
	| {readonly kind: 'superseded'};

/** A session that is being opened. */
type Opening = {
	readonly name: string;
	readonly contexts: readonly string[];
	readonly life: AbortController;
};

export type OpenSession = (options: OptionsOf<'run'>, life: AbortController) => Promise<ScreenSession>;

/** The session on the screen. Another context replaces it once that is open; until then, and if it fails, it stays. */
export class ContextSwitch {
	readonly #options: OptionsOf<'run'>;
	readonly #open: OpenSession;
	readonly #onChange: () => void;
	readonly #log: Log | undefined;
	readonly #ending = new Set<Promise<unknown>>();
	#current: ScreenSession;
	/** The context of the first session, which itself is not kept. */
	#home: string | undefined;
	#context: string | undefined;
	#versionsBefore = 0;
	#opening: Opening | undefined;
	#failed: {readonly name: string; readonly failure: Failure} | undefined;

	constructor(first: ScreenSession, open: OpenSession, onChange: () => void, log?: Log) {
		this.#options = first.options;
		this.#open = open;
		this.#onChange = onChange;
		this.#log = log;
		this.#current = first;
	}

	get session(): ScreenSession {
		return this.#current;
	}

	/** The name of the context on the screen, `a,b` for several; undefined if it is none of the kubeconfig. */
	get context(): string | undefined {
		return this.#context ?? this.#nameOfFirst();
	}

	/** The names of the contexts on the screen. */
	get contexts(): readonly string[] {
		const {contexts} = this.#current.options.cluster;
		const {context} = this;
		return contexts.length > 1 ? contexts : context === undefined ? [] : [context];
	}

	/** The name of the context that is being opened. */
	get opening(): string | undefined {
		return this.#opening?.name;
	}

	/** The last context that could not be opened, until the next one is chosen. */
	get failed(): {readonly name: string; readonly failure: Failure} | undefined {
		return this.#failed;
	}

	/** Keeps increasing when the session is replaced. */
	version(): number {
		return this.#versionsBefore + this.#current.version();
	}

	/** Opens a context, or several that `name` names, and shows it. Ends the opening of another one. */
	async open(name: string, contexts: readonly string[] = [name]): Promise<Switched> {
		this.#opening?.life.abort();
		this.#failed = undefined;
		if (name === this.context) {
			this.#opening = undefined;
			this.#onChange();
			return {kind: 'opened'};
		}

		const opening = {name, contexts, life: new AbortController()};
		this.#opening = opening;
		this.#onChange();
		const switched = this.#replaceWith(opening);
		this.#keepUntilEnded(switched);
		return switched;
	}

	/** Ends all sessions, those that are being opened too. */
	async stop(): Promise<void> {
		this.#opening?.life.abort();
		this.#opening = undefined;
		await Promise.allSettled(this.#ending);
		await this.#current.stop();
	}

	async #replaceWith(opening: Opening): Promise<Switched> {
		const {name, contexts, life} = opening;
		try {
			const options = this.#options;
			// At the first call the session on the screen is still the first one.
			this.#home ??= this.#nameOfFirst();
			const next = await this.#open(
				name === this.#home ? pinned(options, contexts) : optionsOfContext(options, contexts),
				life,
			);
			if (this.#opening !== opening) {
				await next.stop();
				return {kind: 'superseded'};
			}

			const before = this.#current;
			this.#versionsBefore = this.version() + 1;
			this.#current = next;
			this.#context = name;
			this.#opening = undefined;
			this.#log?.('info', 'context shown', {context: name});
			// Nodes that hang take their time to let go; the next context does not wait for them.
			this.#keepUntilEnded(before.stop());
			this.#onChange();
			return {kind: 'opened'};
		} catch (error) {
			if (this.#opening !== opening) {
				return {kind: 'superseded'};
			}

			this.#opening = undefined;
			if (!(error instanceof KtopError)) {
				throw error;
			}

			this.#failed = {name, failure: error};
			const {code, message, hint} = error;
			this.#log?.('warn', 'context not opened', {context: name, code, error: message, hint});
			this.#onChange();
			return {kind: 'failed', failure: error};
		}
	}

	/** Only to be asked while the first session is the current one. */
	#nameOfFirst(): string | undefined {
		const {contexts} = this.#options.cluster;
		return contexts.length > 0 ? contexts.join(',') : this.#current.live().sources.context;
	}

	#keepUntilEnded(ending: Promise<unknown>): void {
		this.#ending.add(ending);
		const end = (): void => void this.#ending.delete(ending);
		ending.then(end, end);
	}
}

/** The options that ktop was started with; the current context of the kubeconfig may be another one by now. */
function pinned(options: OptionsOf<'run'>, contexts: readonly string[]): OptionsOf<'run'> {
	return {...options, cluster: {...options.cluster, contexts}};
}

/**
 * The options to open another context than the first. The server, the login and the certificates that flags name are those
 * of the first cluster, and so is the history store: nothing of it is used for another one. Who is impersonated stays.
 */
export function optionsOfContext(options: OptionsOf<'run'>, contexts: readonly string[]): OptionsOf<'run'> {
	const {kubeconfig, as, asGroups, asUid} = options.cluster;
	return {
		...options,
		origin: {...options.origin, history: undefined},
		cluster: {
			kubeconfig,
			contexts,
			as,
			asGroups,
			asUid,
			cluster: undefined,
			user: undefined,
			server: undefined,
			tlsServerName: undefined,
		},
		access: {
			token: undefined,
			tokenFile: undefined,
			clientCertificateFile: undefined,
			clientKeyFile: undefined,
			authorityFile: undefined,
			isInsecure: false,
			kubeletAuthorityFile: undefined,
			kubeletServerName: undefined,
			isKubeletInsecure: false,
		},
	};
}

/** Whether the options read a cluster of the kubeconfig, so that another of its contexts can be read instead. */
export function canSwitch({origin: {sources}}: OptionsOf<'run'>): boolean {
	return (
		sources.every(source => source.kind === 'kubernetes' && source.url === undefined) && sources.length < 2
	);
}
