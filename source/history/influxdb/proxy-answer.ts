import {isMarkup, withoutMarkup} from '../../http/markup.ts';
import {KtopError} from '../../metrics/model/failure.ts';

const MAX_EXCERPT_LENGTH = 160;

/** The failure of an answer that is a page, which InfluxDB never sends; undefined for other answers. */
export function proxyAnswerFailure(status: number, body: string, origin: string): KtopError | undefined {
	if (!isMarkup(body) || (status >= 300 && status < 400)) {
		return undefined;
	}

	const said = withoutMarkup(body).slice(0, MAX_EXCERPT_LENGTH);
	return new KtopError({
		code: status >= 500 ? 'server-error' : 'bad-answer',
		brief: `${status} not a store`,
		message: `a proxy or firewall answered ${status} instead of InfluxDB ${origin}${said === '' ? '' : `: ${said}`}`,
		hint:
			status >= 500
				? 'the gateway or proxy on the way cannot reach the store: check the address and the network path'
				: 'check the address of the store, and what is between it and ktop; a login page needs a token',
	});
}
