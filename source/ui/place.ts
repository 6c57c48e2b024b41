/**
 * A place with its own keys: a pane, or a list over the whole screen. Each adds its id in its own folder:
 * `declare module '../../place.ts' { interface PaneIds { logs: true } }`. All of them are listed in
 * `panes/panes.ts` and `lists/lists.ts`.
 */

// biome-ignore lint/suspicious/noEmptyInterface: the folders of panes fill it
export interface PaneIds {}
// biome-ignore lint/suspicious/noEmptyInterface: the folders of lists fill it
export interface ListIds {}

export type PaneId = keyof PaneIds;
export type ListId = keyof ListIds;
export type Place = PaneId | ListId;

export function placeOf(view: { readonly focus: PaneId; readonly browse: { readonly kind: ListId } | null }): Place {
	return view.browse?.kind ?? view.focus;
}
