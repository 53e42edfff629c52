import type { Outlet } from './outlet.ts';
import { adriaDispatch } from './outlets/adria-dispatch.ts';
import { blackSeaLedger } from './outlets/black-sea-ledger.ts';
import { moravaCourier } from './outlets/morava-courier.ts';
import { podunavskiList } from './outlets/podunavski-list.ts';
import { vardarReview } from './outlets/vardar-review.ts';

/** The five outlets of the example press. */
export const outlets: readonly Outlet[] = [moravaCourier, adriaDispatch, podunavskiList, blackSeaLedger, vardarReview];
