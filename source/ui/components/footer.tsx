import {useStore, useTheme} from '../contexts.ts';
import {drawFooter} from '../draw/footer.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {noticeOf} from '../view/notices.ts';
import {Line} from './line.tsx';

/** The most useful keys, or what there is to say in their place. */
export function Footer({shown: {state, window, columns}}: {readonly shown: Shown}) {
	const {feed} = useStore();
	return <Line text={drawFooter(state, noticeOf(state, feed, window.windowMs), columns, useTheme())} />;
}
