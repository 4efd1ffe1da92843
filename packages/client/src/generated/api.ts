// Written by `npm run generate` from the server’s own description. Do not edit.

export interface paths {
    "/api/phone-numbers/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search numbers that could be bought
         * @description Asks the carrier of the key's mode. Buys and reserves nothing. No stock is an empty list.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object with filters, like {"filters":{"countryCode":"US"}} */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description an object with at least countryCode */
                        filters: {
                            /** @description an ISO 3166-1 alpha-2 country code in capitals, like US */
                            countryCode: string;
                            /** @description three digits, like 415, for US and CA only */
                            areaCode?: string;
                            /** @description local or toll-free */
                            numberType?: "local" | "toll-free";
                            /** @description the digits that the number contains */
                            contains?: string;
                            /** @description the digits that the number starts with, after the country code */
                            startsWith?: string;
                            /** @description the digits that the number ends with */
                            endsWith?: string;
                            /** @description the name of a city, at most 100 characters */
                            locality?: string;
                            /** @description the name or code of a state, province or region, at most 100 characters */
                            administrativeArea?: string;
                            /** @description a list of at most 10 features, like ["voice", "sms"] */
                            features?: string[];
                            /**
                             * @description a whole number from 1 to 100
                             * @default 20
                             */
                            limit?: number;
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            numbers: {
                                /** @description E.164 */
                                phoneNumber: string;
                                /** @description USD, at least two decimals */
                                monthlyPrice: string;
                                /** @description USD, at least two decimals */
                                setupPrice: string;
                                features: string[];
                            }[];
                            provider: string;
                            count: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/phone-numbers/search/nearby": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search area codes near one without stock
         * @description For when a search by area code finds nothing: up to ten other area codes with stock, nearest first. Overlays of the same city are at distance 0. Buys and reserves nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object with filters, like {"filters":{"countryCode":"US","areaCode":"415"}} */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description an object with at least countryCode and areaCode */
                        filters: {
                            /** @description an ISO 3166-1 alpha-2 country code in capitals, like US */
                            countryCode: string;
                            /** @description three digits, like 415, for US and CA only */
                            areaCode: string;
                            /** @description local or toll-free */
                            numberType?: "local" | "toll-free";
                            /** @description the digits that the number contains */
                            contains?: string;
                            /** @description the digits that the number starts with, after the country code */
                            startsWith?: string;
                            /** @description the digits that the number ends with */
                            endsWith?: string;
                            /** @description the name of a city, at most 100 characters */
                            locality?: string;
                            /** @description the name or code of a state, province or region, at most 100 characters */
                            administrativeArea?: string;
                            /** @description a list of at most 10 features, like ["voice", "sms"] */
                            features?: string[];
                            /**
                             * @description a whole number from 1 to 100
                             * @default 20
                             */
                            limit?: number;
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            area_code: string;
                            nearby: {
                                area_code: string;
                                /** @description the main city and its state */
                                place: string;
                                /** @description between the main cities, about */
                                distance_km: number;
                                /** @description at least so many are on offer; never more than limit */
                                count: number;
                                numbers: {
                                    /** @description E.164 */
                                    phoneNumber: string;
                                    /** @description USD, at least two decimals */
                                    monthlyPrice: string;
                                    /** @description USD, at least two decimals */
                                    setupPrice: string;
                                    features: string[];
                                }[];
                            }[];
                            provider: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/phone-numbers/purchase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a team's numbers
         * @description Newest first, without released ones. All at once, or with `limit` in pages.
         */
        get: {
            parameters: {
                query: {
                    /** @description the id of your team, like team_01j… */
                    teamId: string;
                    /** @description one of purchasing, active, suspended, releasing, error */
                    status?: "purchasing" | "active" | "suspended" | "releasing" | "error";
                    /** @description the id of an assistant */
                    assistantId?: string;
                    /** @description part of the number or of the assistant's name, 1 to 100 characters */
                    search?: string;
                    /** @description a whole number from 1 to 100 */
                    limit?: number;
                    /** @description the next_cursor of the page before, as it is */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            numbers: {
                                id: string;
                                /** @description E.164 */
                                phone_number: string;
                                provider: string;
                                /** @description purchasing, active, suspended, releasing, error */
                                status: string;
                                is_trial: boolean;
                                trial_expires_at: string | null;
                                assistant_id: string | null;
                                assistant_name: string | null;
                                created_by_email: string | null;
                                created_by_name: string | null;
                                created_at: string;
                            }[];
                            /** @description all that match, not only this page */
                            count: number;
                            limit?: number;
                            /** @description null on the last page */
                            next_cursor?: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Buy a number
         * @description Buys within the plan of the team, at most once: repeat a request with the same Idempotency-Key header and it has the same answer for 24 hours. 202 where the carrier is not done within the wait; the list shows when it is.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 1 to 255 characters of A–Z, a–z, 0–9, _, : and - */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description a number in E.164 form, like +14155550101 */
                        phoneNumber: string;
                        /** @description the id of your team, like team_01j… */
                        teamId: string;
                        /** @description the id of one of the carrier's connections, 1 to 64 letters, digits, - and _ */
                        connectionId?: string;
                        /** @description USD a month as text, with at most four decimals, like "2.00" */
                        maxMonthlyPrice?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            phoneNumber: {
                                id: string;
                                phone_number: string;
                                provider_number_id: string | null;
                                /** @description active, or purchasing while the carrier still works on it */
                                status: string;
                                is_trial: boolean;
                                trial_expires_at: string | null;
                                message: string;
                            };
                            eligibility: {
                                currentCount: number;
                                maxAllowed: number;
                                hasSubscription: boolean;
                                planName: string;
                            };
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            phoneNumber: {
                                id: string;
                                phone_number: string;
                                provider_number_id: string | null;
                                /** @description active, or purchasing while the carrier still works on it */
                                status: string;
                                is_trial: boolean;
                                trial_expires_at: string | null;
                                message: string;
                            };
                            eligibility: {
                                currentCount: number;
                                maxAllowed: number;
                                hasSubscription: boolean;
                                planName: string;
                            };
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/phone-numbers/purchase/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Buy several numbers
         * @description Buys numbers that are named, or the first that a search offers, each with an order of its own. As many as the plan has room for are started and each result says what became of it; with allOrNothing all are started or none. The same Idempotency-Key header gives the same answer for 24 hours. 202 where the carrier is not done with all of them within the wait.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 1 to 255 characters of A–Z, a–z, 0–9, _, : and - */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description the id of your team, like team_01j… */
                        teamId: string;
                        /** @description a list of 1 to 50 numbers in E.164 form */
                        phoneNumbers?: string[];
                        /** @description an object of search filters with at least countryCode */
                        filters?: {
                            /** @description an ISO 3166-1 alpha-2 country code in capitals, like US */
                            countryCode: string;
                            /** @description three digits, like 415, for US and CA only */
                            areaCode?: string;
                            /** @description local or toll-free */
                            numberType?: "local" | "toll-free";
                            /** @description the digits that the number contains */
                            contains?: string;
                            /** @description the digits that the number starts with, after the country code */
                            startsWith?: string;
                            /** @description the digits that the number ends with */
                            endsWith?: string;
                            /** @description the name of a city, at most 100 characters */
                            locality?: string;
                            /** @description the name or code of a state, province or region, at most 100 characters */
                            administrativeArea?: string;
                            /** @description a list of at most 10 features, like ["voice", "sms"] */
                            features?: string[];
                        };
                        /** @description a whole number from 1 to 50, beside filters */
                        quantity?: number;
                        /** @description the id of one of the carrier's connections, 1 to 64 letters, digits, - and _ */
                        connectionId?: string;
                        /** @description USD a month as text, with at most four decimals, like "2.00" */
                        maxMonthlyPrice?: string;
                        /**
                         * @description true or false
                         * @default false
                         */
                        allOrNothing?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            results: {
                                phone_number: string;
                                success: boolean;
                                phoneNumber?: {
                                    id: string;
                                    phone_number: string;
                                    provider_number_id: string | null;
                                    /** @description active, or purchasing while the carrier still works on it */
                                    status: string;
                                    is_trial: boolean;
                                    trial_expires_at: string | null;
                                    message: string;
                                };
                                error?: string;
                                code?: string;
                            }[];
                            /** @description how many are active */
                            purchased: number;
                            /** @description how many the carrier still works on */
                            purchasing: number;
                            failed: number;
                            eligibility: {
                                currentCount: number;
                                maxAllowed: number;
                                hasSubscription: boolean;
                                planName: string;
                            };
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            results: {
                                phone_number: string;
                                success: boolean;
                                phoneNumber?: {
                                    id: string;
                                    phone_number: string;
                                    provider_number_id: string | null;
                                    /** @description active, or purchasing while the carrier still works on it */
                                    status: string;
                                    is_trial: boolean;
                                    trial_expires_at: string | null;
                                    message: string;
                                };
                                error?: string;
                                code?: string;
                            }[];
                            /** @description how many are active */
                            purchased: number;
                            /** @description how many the carrier still works on */
                            purchasing: number;
                            failed: number;
                            eligibility: {
                                currentCount: number;
                                maxAllowed: number;
                                hasSubscription: boolean;
                                planName: string;
                            };
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/phone-numbers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a team's numbers with everything known of each
         * @description Newest first, without released ones, in pages, with what all of them cost a month.
         */
        get: {
            parameters: {
                query: {
                    /** @description the id of your team, like team_01j… */
                    teamId: string;
                    /** @description a whole number from 1 to 1000 */
                    limit?: number;
                    /** @description the next_cursor of the page before, as it is */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            numbers: {
                                id: string;
                                /** @description E.164 */
                                phone_number: string;
                                provider: string;
                                provider_number_id: string | null;
                                /** @description live or test */
                                mode: string;
                                /** @description purchasing, active, suspended, releasing, released or error */
                                status: string;
                                label: string | null;
                                deletion_lock: boolean;
                                is_trial: boolean;
                                trial_expires_at: string | null;
                                assistant_id: string | null;
                                assistant_name: string | null;
                                connection_id: string | null;
                                /** @description whether the carrier has the connection that is wanted: in_sync, pending or failed */
                                routing_status: string;
                                /** @description USD; null where the carrier did not say */
                                monthly_price: string | null;
                                /** @description USD */
                                setup_price: string | null;
                                /** @description until when a released number can be restored */
                                release_at: string | null;
                                /** @description when the carrier had it back */
                                released_at: string | null;
                                suspended_at: string | null;
                                /** @description when a suspended number goes back to the carrier */
                                suspension_ends_at: string | null;
                                created_by_email: string | null;
                                created_by_name: string | null;
                                created_at: string;
                            }[];
                            /** @description all of the team's, not only this page */
                            count: number;
                            /** @description USD a month for all that the carrier holds for the team, as far as prices are known */
                            monthly_cost: string;
                            limit: number;
                            /** @description null on the last page */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/phone-numbers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a number */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description a number's id, like pn_01j…, or the number in E.164 form */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            phoneNumber: {
                                id: string;
                                /** @description E.164 */
                                phone_number: string;
                                provider: string;
                                provider_number_id: string | null;
                                /** @description live or test */
                                mode: string;
                                /** @description purchasing, active, suspended, releasing, released or error */
                                status: string;
                                label: string | null;
                                deletion_lock: boolean;
                                is_trial: boolean;
                                trial_expires_at: string | null;
                                assistant_id: string | null;
                                assistant_name: string | null;
                                connection_id: string | null;
                                /** @description whether the carrier has the connection that is wanted: in_sync, pending or failed */
                                routing_status: string;
                                /** @description USD; null where the carrier did not say */
                                monthly_price: string | null;
                                /** @description USD */
                                setup_price: string | null;
                                /** @description until when a released number can be restored */
                                release_at: string | null;
                                /** @description when the carrier had it back */
                                released_at: string | null;
                                suspended_at: string | null;
                                /** @description when a suspended number goes back to the carrier */
                                suspension_ends_at: string | null;
                                created_by_email: string | null;
                                created_by_name: string | null;
                                created_at: string;
                            };
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Release a number
         * @description Out of service and out of the plan at once; kept at the carrier for some days, in which it can be restored. With `immediately=true` it goes back now. Repeating it changes nothing.
         */
        delete: {
            parameters: {
                query?: {
                    /** @description true or false */
                    immediately?: boolean;
                };
                header?: never;
                path: {
                    /** @description a number's id, like pn_01j…, or the number in E.164 form */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            phoneNumber: {
                                id: string;
                                /** @description E.164 */
                                phone_number: string;
                                provider: string;
                                provider_number_id: string | null;
                                /** @description live or test */
                                mode: string;
                                /** @description purchasing, active, suspended, releasing, released or error */
                                status: string;
                                label: string | null;
                                deletion_lock: boolean;
                                is_trial: boolean;
                                trial_expires_at: string | null;
                                assistant_id: string | null;
                                assistant_name: string | null;
                                connection_id: string | null;
                                /** @description whether the carrier has the connection that is wanted: in_sync, pending or failed */
                                routing_status: string;
                                /** @description USD; null where the carrier did not say */
                                monthly_price: string | null;
                                /** @description USD */
                                setup_price: string | null;
                                /** @description until when a released number can be restored */
                                release_at: string | null;
                                /** @description when the carrier had it back */
                                released_at: string | null;
                                suspended_at: string | null;
                                /** @description when a suspended number goes back to the carrier */
                                suspension_ends_at: string | null;
                                created_by_email: string | null;
                                created_by_name: string | null;
                                created_at: string;
                            };
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Name a number, or lock it against release */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description a number's id, like pn_01j…, or the number in E.164 form */
                    id: string;
                };
                cookie?: never;
            };
            /** @description a JSON object with label, deletionLock or both */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description a text of 1 to 100 characters, or null for none */
                        label?: string | null;
                        /** @description true or false */
                        deletionLock?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            phoneNumber: {
                                id: string;
                                /** @description E.164 */
                                phone_number: string;
                                provider: string;
                                provider_number_id: string | null;
                                /** @description live or test */
                                mode: string;
                                /** @description purchasing, active, suspended, releasing, released or error */
                                status: string;
                                label: string | null;
                                deletion_lock: boolean;
                                is_trial: boolean;
                                trial_expires_at: string | null;
                                assistant_id: string | null;
                                assistant_name: string | null;
                                connection_id: string | null;
                                /** @description whether the carrier has the connection that is wanted: in_sync, pending or failed */
                                routing_status: string;
                                /** @description USD; null where the carrier did not say */
                                monthly_price: string | null;
                                /** @description USD */
                                setup_price: string | null;
                                /** @description until when a released number can be restored */
                                release_at: string | null;
                                /** @description when the carrier had it back */
                                released_at: string | null;
                                suspended_at: string | null;
                                /** @description when a suspended number goes back to the carrier */
                                suspension_ends_at: string | null;
                                created_by_email: string | null;
                                created_by_name: string | null;
                                created_at: string;
                            };
                        };
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/phone-numbers/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a released number
         * @description While it is still at the carrier, and if the plan has a slot for it. It comes back unassigned.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description a number's id, like pn_01j…, or the number in E.164 form */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            phoneNumber: {
                                id: string;
                                /** @description E.164 */
                                phone_number: string;
                                provider: string;
                                provider_number_id: string | null;
                                /** @description live or test */
                                mode: string;
                                /** @description purchasing, active, suspended, releasing, released or error */
                                status: string;
                                label: string | null;
                                deletion_lock: boolean;
                                is_trial: boolean;
                                trial_expires_at: string | null;
                                assistant_id: string | null;
                                assistant_name: string | null;
                                connection_id: string | null;
                                /** @description whether the carrier has the connection that is wanted: in_sync, pending or failed */
                                routing_status: string;
                                /** @description USD; null where the carrier did not say */
                                monthly_price: string | null;
                                /** @description USD */
                                setup_price: string | null;
                                /** @description until when a released number can be restored */
                                release_at: string | null;
                                /** @description when the carrier had it back */
                                released_at: string | null;
                                suspended_at: string | null;
                                /** @description when a suspended number goes back to the carrier */
                                suspension_ends_at: string | null;
                                created_by_email: string | null;
                                created_by_name: string | null;
                                created_at: string;
                            };
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/phone-numbers/{id}/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell what happened to a number
         * @description For the voice runtime: a call was answered or rejected, one came in, or the number was flagged as spam. A flagged number is no caller ID for some days.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description a number's id, like pn_01j…, or the number in E.164 form */
                    id: string;
                };
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description one of spam_flagged, answered, rejected, inbound_call */
                        signal: "spam_flagged" | "answered" | "rejected" | "inbound_call";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            phone_number: {
                                id: string;
                                /** @description until when it is no caller ID */
                                resting_until: string | null;
                                last_call_at: string | null;
                            };
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/phone-numbers/{id}/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls of a number, day by day
         * @description The last days up to today (UTC), the first first; days without calls are there too.
         */
        get: {
            parameters: {
                query?: {
                    /** @description a whole number from 1 to 366 */
                    days?: number;
                };
                header?: never;
                path: {
                    /** @description a number's id, like pn_01j…, or the number in E.164 form */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            days: {
                                /** @description YYYY-MM-DD, UTC */
                                day: string;
                                /** @description times that it was given as a caller ID */
                                outbound_calls: number;
                                answered: number;
                                rejected: number;
                                spam_flags: number;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/phone-numbers/eligibility": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask whether a purchase would go through
         * @description Quota, trial, mode, stock and price in one answer; buys and reserves nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description the id of your team, like team_01j… */
                        teamId: string;
                        /** @description a number in E.164 form, like +14155550101 */
                        phoneNumber?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            eligible: boolean;
                            /** @description live or test */
                            mode: string;
                            /** @description whether the number would be a trial */
                            asTrial: boolean;
                            eligibility: {
                                currentCount: number;
                                maxAllowed: number;
                                hasSubscription: boolean;
                                planName: string;
                            };
                            offer: {
                                /** @description E.164 */
                                phoneNumber: string;
                                /** @description USD, at least two decimals */
                                monthlyPrice: string;
                                /** @description USD, at least two decimals */
                                setupPrice: string;
                                features: string[];
                            } | null;
                            refusals: {
                                code: string;
                                /** @description what is in the way, and what to do */
                                error: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what happened
         * @description Newest first, in pages: events of the key's mode, and those that belong to neither (members, keys, the plan).
         */
        get: {
            parameters: {
                query: {
                    /** @description the id of your team, like team_01j… */
                    teamId: string;
                    /** @description the id of a record, like pn_01j… */
                    subject?: string;
                    /** @description a type of event like phone_number.purchased, or all of an area like phone_number.* */
                    type?: "phone_number.*" | "number_order.*" | "assistant.*" | "campaign.*" | "team.*" | "member.*" | "invitation.*" | "api_key.*" | "access.*" | "webhook_endpoint.*" | "webhook.*" | "phone_number.purchase_started" | "phone_number.purchased" | "phone_number.purchase_failed" | "phone_number.updated" | "phone_number.flagged" | "phone_number.assigned" | "phone_number.unassigned" | "phone_number.routing_failed" | "phone_number.release_started" | "phone_number.restored" | "phone_number.released" | "phone_number.lost" | "phone_number.trial_expiring" | "phone_number.trial_expired" | "phone_number.trial_converted" | "phone_number.suspended" | "phone_number.suspension_ending" | "phone_number.reactivated" | "number_order.given_back" | "assistant.created" | "assistant.updated" | "assistant.deleted" | "campaign.created" | "campaign.updated" | "campaign.deleted" | "campaign.started" | "campaign.paused" | "campaign.completed" | "team.created" | "team.updated" | "team.plan_changed" | "member.added" | "member.role_changed" | "member.removed" | "member.left" | "invitation.created" | "invitation.revoked" | "invitation.refused" | "api_key.created" | "api_key.updated" | "api_key.revoked" | "access.refused" | "webhook_endpoint.created" | "webhook_endpoint.updated" | "webhook_endpoint.deleted" | "webhook_endpoint.secret_rotated" | "webhook_endpoint.disabled" | "webhook.test";
                    /** @description one of asc, desc; newest first where it is missing */
                    order?: "asc" | "desc";
                    /** @description a whole number from 1 to 200 */
                    limit?: number;
                    /** @description the next_cursor of the page before, as it is */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            events: {
                                id: string;
                                type: string;
                                /** @description the id of the record that it happened to */
                                subject: string;
                                /** @description live, test, or null for what belongs to neither */
                                mode: string | null;
                                actor: {
                                    /** @description key, person, operator, system or carrier */
                                    type: string;
                                    id: string | null;
                                    /** @description of the key or the person */
                                    name: string | null;
                                    /** @description of the person, or of the one who made the key */
                                    email: string | null;
                                };
                                /** @description the fields that changed, as they were; null where there is none */
                                before: unknown;
                                /** @description the fields that changed, as they are; null where there is none */
                                after: unknown;
                                /** @description what else belongs to it */
                                data: unknown;
                                created_at: string;
                            }[];
                            /** @description null on the last page */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/phone-numbers/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what happened to a number
         * @description Newest first, in pages.
         */
        get: {
            parameters: {
                query?: {
                    /** @description a type of event like phone_number.purchased, or all of an area like phone_number.* */
                    type?: "phone_number.*" | "number_order.*" | "assistant.*" | "campaign.*" | "team.*" | "member.*" | "invitation.*" | "api_key.*" | "access.*" | "webhook_endpoint.*" | "webhook.*" | "phone_number.purchase_started" | "phone_number.purchased" | "phone_number.purchase_failed" | "phone_number.updated" | "phone_number.flagged" | "phone_number.assigned" | "phone_number.unassigned" | "phone_number.routing_failed" | "phone_number.release_started" | "phone_number.restored" | "phone_number.released" | "phone_number.lost" | "phone_number.trial_expiring" | "phone_number.trial_expired" | "phone_number.trial_converted" | "phone_number.suspended" | "phone_number.suspension_ending" | "phone_number.reactivated" | "number_order.given_back" | "assistant.created" | "assistant.updated" | "assistant.deleted" | "campaign.created" | "campaign.updated" | "campaign.deleted" | "campaign.started" | "campaign.paused" | "campaign.completed" | "team.created" | "team.updated" | "team.plan_changed" | "member.added" | "member.role_changed" | "member.removed" | "member.left" | "invitation.created" | "invitation.revoked" | "invitation.refused" | "api_key.created" | "api_key.updated" | "api_key.revoked" | "access.refused" | "webhook_endpoint.created" | "webhook_endpoint.updated" | "webhook_endpoint.deleted" | "webhook_endpoint.secret_rotated" | "webhook_endpoint.disabled" | "webhook.test";
                    /** @description one of asc, desc; newest first where it is missing */
                    order?: "asc" | "desc";
                    /** @description a whole number from 1 to 200 */
                    limit?: number;
                    /** @description the next_cursor of the page before, as it is */
                    cursor?: string;
                };
                header?: never;
                path: {
                    /** @description a number's id, like pn_01j…, or the number in E.164 form */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            events: {
                                id: string;
                                type: string;
                                /** @description the id of the record that it happened to */
                                subject: string;
                                /** @description live, test, or null for what belongs to neither */
                                mode: string | null;
                                actor: {
                                    /** @description key, person, operator, system or carrier */
                                    type: string;
                                    id: string | null;
                                    /** @description of the key or the person */
                                    name: string | null;
                                    /** @description of the person, or of the one who made the key */
                                    email: string | null;
                                };
                                /** @description the fields that changed, as they were; null where there is none */
                                before: unknown;
                                /** @description the fields that changed, as they are; null where there is none */
                                after: unknown;
                                /** @description what else belongs to it */
                                data: unknown;
                                created_at: string;
                            }[];
                            /** @description null on the last page */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a team's webhook endpoints */
        get: {
            parameters: {
                query: {
                    /** @description the id of your team, like team_01j… */
                    teamId: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            endpoints: {
                                id: string;
                                url: string;
                                description: string | null;
                                /** @description types or areas of events; empty: all */
                                types: string[];
                                /** @description live or test */
                                mode: string;
                                enabled: boolean;
                                /** @description failing or gone, where the service switched it off; else null */
                                disabled_reason: string | null;
                                disabled_at: string | null;
                                /** @description since when nothing has come through; null while things do */
                                failing_since: string | null;
                                /** @description until when the secret before signs too */
                                previous_secret_expires_at: string | null;
                                created_at: string;
                                updated_at: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Add a webhook endpoint
         * @description The team's events of the key's mode are sent there, signed with the secret in the answer.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description the id of your team, like team_01j… */
                        teamId: string;
                        /** @description an address like https://example.com/webhooks, 2048 characters at most */
                        url: string;
                        /** @description a list of types or areas of events, empty for all */
                        types?: ("phone_number.*" | "number_order.*" | "assistant.*" | "campaign.*" | "team.*" | "member.*" | "invitation.*" | "api_key.*" | "access.*" | "webhook_endpoint.*" | "webhook.*" | "phone_number.purchase_started" | "phone_number.purchased" | "phone_number.purchase_failed" | "phone_number.updated" | "phone_number.flagged" | "phone_number.assigned" | "phone_number.unassigned" | "phone_number.routing_failed" | "phone_number.release_started" | "phone_number.restored" | "phone_number.released" | "phone_number.lost" | "phone_number.trial_expiring" | "phone_number.trial_expired" | "phone_number.trial_converted" | "phone_number.suspended" | "phone_number.suspension_ending" | "phone_number.reactivated" | "number_order.given_back" | "assistant.created" | "assistant.updated" | "assistant.deleted" | "campaign.created" | "campaign.updated" | "campaign.deleted" | "campaign.started" | "campaign.paused" | "campaign.completed" | "team.created" | "team.updated" | "team.plan_changed" | "member.added" | "member.role_changed" | "member.removed" | "member.left" | "invitation.created" | "invitation.revoked" | "invitation.refused" | "api_key.created" | "api_key.updated" | "api_key.revoked" | "access.refused" | "webhook_endpoint.created" | "webhook_endpoint.updated" | "webhook_endpoint.deleted" | "webhook_endpoint.secret_rotated" | "webhook_endpoint.disabled" | "webhook.test")[];
                        /** @description a text of 1 to 200 characters, or null for none */
                        description?: string | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            endpoint: {
                                id: string;
                                url: string;
                                description: string | null;
                                /** @description types or areas of events; empty: all */
                                types: string[];
                                /** @description live or test */
                                mode: string;
                                enabled: boolean;
                                /** @description failing or gone, where the service switched it off; else null */
                                disabled_reason: string | null;
                                disabled_at: string | null;
                                /** @description since when nothing has come through; null while things do */
                                failing_since: string | null;
                                /** @description until when the secret before signs too */
                                previous_secret_expires_at: string | null;
                                created_at: string;
                                updated_at: string;
                                /** @description shown only here */
                                secret: string;
                            };
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook-endpoints/{endpointId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a webhook endpoint */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description the id of a webhook endpoint, like whe_01j… */
                    endpointId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            endpoint: {
                                id: string;
                                url: string;
                                description: string | null;
                                /** @description types or areas of events; empty: all */
                                types: string[];
                                /** @description live or test */
                                mode: string;
                                enabled: boolean;
                                /** @description failing or gone, where the service switched it off; else null */
                                disabled_reason: string | null;
                                disabled_at: string | null;
                                /** @description since when nothing has come through; null while things do */
                                failing_since: string | null;
                                /** @description until when the secret before signs too */
                                previous_secret_expires_at: string | null;
                                created_at: string;
                                updated_at: string;
                            };
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Delete a webhook endpoint and its deliveries */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description the id of a webhook endpoint, like whe_01j… */
                    endpointId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change a webhook endpoint, switch it off or on */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description the id of a webhook endpoint, like whe_01j… */
                    endpointId: string;
                };
                cookie?: never;
            };
            /** @description a JSON object with one or more of url, types, description, enabled */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description an address like https://example.com/webhooks, 2048 characters at most */
                        url?: string;
                        /** @description a list of types or areas of events, empty for all */
                        types?: ("phone_number.*" | "number_order.*" | "assistant.*" | "campaign.*" | "team.*" | "member.*" | "invitation.*" | "api_key.*" | "access.*" | "webhook_endpoint.*" | "webhook.*" | "phone_number.purchase_started" | "phone_number.purchased" | "phone_number.purchase_failed" | "phone_number.updated" | "phone_number.flagged" | "phone_number.assigned" | "phone_number.unassigned" | "phone_number.routing_failed" | "phone_number.release_started" | "phone_number.restored" | "phone_number.released" | "phone_number.lost" | "phone_number.trial_expiring" | "phone_number.trial_expired" | "phone_number.trial_converted" | "phone_number.suspended" | "phone_number.suspension_ending" | "phone_number.reactivated" | "number_order.given_back" | "assistant.created" | "assistant.updated" | "assistant.deleted" | "campaign.created" | "campaign.updated" | "campaign.deleted" | "campaign.started" | "campaign.paused" | "campaign.completed" | "team.created" | "team.updated" | "team.plan_changed" | "member.added" | "member.role_changed" | "member.removed" | "member.left" | "invitation.created" | "invitation.revoked" | "invitation.refused" | "api_key.created" | "api_key.updated" | "api_key.revoked" | "access.refused" | "webhook_endpoint.created" | "webhook_endpoint.updated" | "webhook_endpoint.deleted" | "webhook_endpoint.secret_rotated" | "webhook_endpoint.disabled" | "webhook.test")[];
                        /** @description a text of 1 to 200 characters, or null for none */
                        description?: string | null;
                        /** @description true or false */
                        enabled?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            endpoint: {
                                id: string;
                                url: string;
                                description: string | null;
                                /** @description types or areas of events; empty: all */
                                types: string[];
                                /** @description live or test */
                                mode: string;
                                enabled: boolean;
                                /** @description failing or gone, where the service switched it off; else null */
                                disabled_reason: string | null;
                                disabled_at: string | null;
                                /** @description since when nothing has come through; null while things do */
                                failing_since: string | null;
                                /** @description until when the secret before signs too */
                                previous_secret_expires_at: string | null;
                                created_at: string;
                                updated_at: string;
                            };
                        };
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/webhook-endpoints/{endpointId}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a webhook endpoint a new secret
         * @description Both secrets sign until the overlap is over: each delivery then has two signatures.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description the id of a webhook endpoint, like whe_01j… */
                    endpointId: string;
                };
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description a whole number from 0 to 168; 24 where it is missing
                         * @default 24
                         */
                        overlapHours?: number;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            endpoint: {
                                id: string;
                                url: string;
                                description: string | null;
                                /** @description types or areas of events; empty: all */
                                types: string[];
                                /** @description live or test */
                                mode: string;
                                enabled: boolean;
                                /** @description failing or gone, where the service switched it off; else null */
                                disabled_reason: string | null;
                                disabled_at: string | null;
                                /** @description since when nothing has come through; null while things do */
                                failing_since: string | null;
                                /** @description until when the secret before signs too */
                                previous_secret_expires_at: string | null;
                                created_at: string;
                                updated_at: string;
                                /** @description shown only here */
                                secret: string;
                            };
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook-endpoints/{endpointId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event to a webhook endpoint
         * @description Now, to this endpoint alone, whatever types it wants. The answer has the delivery and its first attempt.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description the id of a webhook endpoint, like whe_01j… */
                    endpointId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            delivery: {
                                id: string;
                                endpoint_id: string;
                                /** @description also the header webhook-id */
                                event_id: string;
                                event_type: string;
                                /** @description deliveries with the same one keep their order */
                                subject: string;
                                /** @description pending, succeeded, failed */
                                status: string;
                                attempt_count: number;
                                /** @description not before this time; null where it is over */
                                next_attempt_at: string | null;
                                last_attempt_at: string | null;
                                /** @description HTTP status of the last answer; null where there was none */
                                response_status: number | null;
                                created_at: string;
                                attempts: {
                                    /** @description counted from 1 */
                                    attempt: number;
                                    /** @description succeeded or failed */
                                    status: string;
                                    at: string;
                                    duration_ms: number;
                                    /** @description HTTP status of the answer */
                                    response_status: number | null;
                                    /** @description its beginning, 2 KiB at most */
                                    response_body: string | null;
                                    /** @description why there was no answer, or none that counts */
                                    error: string | null;
                                }[];
                            };
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook-endpoints/{endpointId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was sent to a webhook endpoint
         * @description Newest first, in pages. Deliveries are kept for 30 days.
         */
        get: {
            parameters: {
                query?: {
                    /** @description one of pending, succeeded, failed */
                    status?: "pending" | "succeeded" | "failed";
                    /** @description a whole number from 1 to 200 */
                    limit?: number;
                    /** @description the next_cursor of the page before, as it is */
                    cursor?: string;
                };
                header?: never;
                path: {
                    /** @description the id of a webhook endpoint, like whe_01j… */
                    endpointId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            deliveries: {
                                id: string;
                                endpoint_id: string;
                                /** @description also the header webhook-id */
                                event_id: string;
                                event_type: string;
                                /** @description deliveries with the same one keep their order */
                                subject: string;
                                /** @description pending, succeeded, failed */
                                status: string;
                                attempt_count: number;
                                /** @description not before this time; null where it is over */
                                next_attempt_at: string | null;
                                last_attempt_at: string | null;
                                /** @description HTTP status of the last answer; null where there was none */
                                response_status: number | null;
                                created_at: string;
                            }[];
                            /** @description null on the last page */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook-endpoints/{endpointId}/deliveries/{deliveryId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a delivery with its attempts */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description the id of a webhook endpoint, like whe_01j… */
                    endpointId: string;
                    /** @description the id of a delivery, like dlv_01j… */
                    deliveryId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            delivery: {
                                id: string;
                                endpoint_id: string;
                                /** @description also the header webhook-id */
                                event_id: string;
                                event_type: string;
                                /** @description deliveries with the same one keep their order */
                                subject: string;
                                /** @description pending, succeeded, failed */
                                status: string;
                                attempt_count: number;
                                /** @description not before this time; null where it is over */
                                next_attempt_at: string | null;
                                last_attempt_at: string | null;
                                /** @description HTTP status of the last answer; null where there was none */
                                response_status: number | null;
                                created_at: string;
                                attempts: {
                                    /** @description counted from 1 */
                                    attempt: number;
                                    /** @description succeeded or failed */
                                    status: string;
                                    at: string;
                                    duration_ms: number;
                                    /** @description HTTP status of the answer */
                                    response_status: number | null;
                                    /** @description its beginning, 2 KiB at most */
                                    response_body: string | null;
                                    /** @description why there was no answer, or none that counts */
                                    error: string | null;
                                }[];
                            };
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a delivery once more
         * @description Under the same webhook-id. One that is still on its way stays as it is.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description the id of a webhook endpoint, like whe_01j… */
                    endpointId: string;
                    /** @description the id of a delivery, like dlv_01j… */
                    deliveryId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            delivery: {
                                id: string;
                                endpoint_id: string;
                                /** @description also the header webhook-id */
                                event_id: string;
                                event_type: string;
                                /** @description deliveries with the same one keep their order */
                                subject: string;
                                /** @description pending, succeeded, failed */
                                status: string;
                                attempt_count: number;
                                /** @description not before this time; null where it is over */
                                next_attempt_at: string | null;
                                last_attempt_at: string | null;
                                /** @description HTTP status of the last answer; null where there was none */
                                response_status: number | null;
                                created_at: string;
                            };
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/routing/inbound": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask where an inbound call goes
         * @description For the voice runtime, on each call: which assistant answers, or why none does. Each answer is as of now; nothing is cached, and nothing is counted.
         */
        get: {
            parameters: {
                query: {
                    /** @description the number that was called, in any common spelling, like +14155550101 */
                    to: string;
                    /** @description a text of at most 200 characters: who calls */
                    from?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            /** @description assistant, fallback or reject */
                            action: string;
                            assistant: {
                                id: string;
                                name: string;
                                template_id: string;
                                connection_id: string | null;
                                metadata: {
                                    [key: string]: unknown;
                                };
                            } | null;
                            phone_number: {
                                id: string;
                                /** @description E.164 */
                                phone_number: string;
                                label: string | null;
                                status: string;
                            } | null;
                            /** @description E.164 */
                            fallback_number: string | null;
                            /** @description assigned, inbound_off, unassigned, unknown, purchasing, suspended, releasing, released or error */
                            reason: string;
                            /** @description what was looked at, in order */
                            decision: string[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/routing/caller-id": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose the caller ID of an outbound call
         * @description The number of the campaign or assistant to show to a contact: near to theirs, neither resting nor used up, and the same one each time. It counts as a call of the number, unless it is a dry run.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description the id of a campaign, like camp_01j… */
                        campaignId?: string;
                        /** @description the id of an assistant, like asst_01j… */
                        assistantId?: string;
                        /** @description the number that is called, in any common spelling, like +14155550101 */
                        to: string;
                        /** @description a text of 1 to 200 characters: what you know the contact by */
                        contactKey?: string;
                        /** @description true or false */
                        dryRun?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            phone_number: {
                                id: string;
                                /** @description E.164 */
                                phone_number: string;
                                label: string | null;
                            };
                            /** @description area_code, region, country, any */
                            match: string;
                            /** @description what was looked at, in order */
                            decision: string[];
                            /** @description calls of the number on this day (UTC), this one included */
                            calls_today: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/idle-numbers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Numbers that cost money and have no calls
         * @description The longest idle first, in pages, with what all of them cost a month.
         */
        get: {
            parameters: {
                query: {
                    /** @description the id of your team, like team_01j… */
                    teamId: string;
                    /** @description a whole number from 1 to 366 */
                    days?: number;
                    /** @description a whole number from 1 to 100 */
                    limit?: number;
                    /** @description the next_cursor of the page before, as it is */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            numbers: {
                                id: string;
                                /** @description E.164 */
                                phone_number: string;
                                label: string | null;
                                /** @description active or suspended */
                                status: string;
                                assistant_id: string | null;
                                assistant_name: string | null;
                                /** @description USD; null where the carrier did not say */
                                monthly_price: string | null;
                                /** @description null where there never was one */
                                last_call_at: string | null;
                                created_at: string;
                            }[];
                            /** @description all idle numbers, not only this page */
                            count: number;
                            /** @description USD a month for all of them, as far as the prices are known */
                            monthly_cost: string;
                            limit: number;
                            /** @description null on the last page */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a team holds, where, at what cost, and how much it calls
         * @description Numbers and their monthly cost at the end of each month and now, by country, and the calls of the busiest 50 numbers day by day.
         */
        get: {
            parameters: {
                query: {
                    /** @description the id of your team, like team_01j… */
                    teamId: string;
                    /** @description a whole number from 1 to 36 */
                    months?: number;
                    /** @description a whole number from 1 to 92 */
                    days?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            months: {
                                /** @description YYYY-MM, UTC; the last is now */
                                month: string;
                                /** @description numbers that the carrier holds for the team */
                                numbers: number;
                                /** @description USD a month, as far as the prices are known */
                                monthly_cost: string;
                            }[];
                            countries: {
                                /** @description ISO 3166-1 alpha-2; null where the digits do not say */
                                country: string | null;
                                /** @description numbers that the carrier holds for the team */
                                numbers: number;
                                /** @description USD a month, as far as the prices are known */
                                monthly_cost: string;
                            }[];
                            calls: {
                                id: string;
                                /** @description E.164 */
                                phone_number: string;
                                label: string | null;
                                /** @description calls a day, the least of its running campaigns; null where none has a cap */
                                daily_cap: number | null;
                                days: {
                                    /** @description YYYY-MM-DD, UTC */
                                    day: string;
                                    /** @description times that it was given as a caller ID */
                                    outbound_calls: number;
                                }[];
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assistants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a team's assistants
         * @description Newest first, of both modes. All at once, or with `limit` in pages.
         */
        get: {
            parameters: {
                query?: {
                    /** @description the id of your team, like team_01j… */
                    teamId?: string;
                    /** @description a whole number from 1 to 100 */
                    limit?: number;
                    /** @description the next_cursor of the page before, as it is */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            assistants: {
                                id: string;
                                team_id: string;
                                name: string;
                                /** @description outbound-setter, inbound-support, follow-up, custom */
                                template_id: string;
                                inbound_enabled: boolean;
                                outbound_enabled: boolean;
                                /** @description null: each number's own */
                                connection_id: string | null;
                                /** @description E.164 */
                                fallback_number: string | null;
                                metadata: {
                                    [key: string]: unknown;
                                };
                                /** @description its numbers in the mode of the request */
                                phone_number_count: number;
                                created_at: string;
                                updated_at: string;
                            }[];
                            /** @description all that there are, not only this page */
                            count: number;
                            limit?: number;
                            /** @description null on the last page */
                            next_cursor?: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        /** Make an assistant */
        post: {
            parameters: {
                query?: {
                    /** @description the id of your team, like team_01j… */
                    teamId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description the id of your team, like team_01j… */
                        teamId?: string;
                        /** @description a name of 1 to 100 characters */
                        name: string;
                        /** @description one of outbound-setter, inbound-support, follow-up, custom */
                        templateId?: "outbound-setter" | "inbound-support" | "follow-up" | "custom";
                        /** @description true or false */
                        inboundEnabled?: boolean;
                        /** @description true or false */
                        outboundEnabled?: boolean;
                        /** @description the id of one of the carrier's connections, 1 to 64 letters, digits, - and _, or null for each number's own */
                        connectionId?: string | null;
                        /** @description a number in E.164 form, like +14155550101, or null for none */
                        fallbackNumber?: string | null;
                        /** @description a JSON object of at most 16 KiB */
                        metadata?: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            assistant: {
                                id: string;
                                team_id: string;
                                name: string;
                                /** @description outbound-setter, inbound-support, follow-up, custom */
                                template_id: string;
                                inbound_enabled: boolean;
                                outbound_enabled: boolean;
                                /** @description null: each number's own */
                                connection_id: string | null;
                                /** @description E.164 */
                                fallback_number: string | null;
                                metadata: {
                                    [key: string]: unknown;
                                };
                                /** @description its numbers in the mode of the request */
                                phone_number_count: number;
                                created_at: string;
                                updated_at: string;
                            };
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assistants/{assistantId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an assistant */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description an assistant's id, like asst_01j… */
                    assistantId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            assistant: {
                                id: string;
                                team_id: string;
                                name: string;
                                /** @description outbound-setter, inbound-support, follow-up, custom */
                                template_id: string;
                                inbound_enabled: boolean;
                                outbound_enabled: boolean;
                                /** @description null: each number's own */
                                connection_id: string | null;
                                /** @description E.164 */
                                fallback_number: string | null;
                                metadata: {
                                    [key: string]: unknown;
                                };
                                /** @description its numbers in the mode of the request */
                                phone_number_count: number;
                                created_at: string;
                                updated_at: string;
                            };
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Delete an assistant
         * @description With `force=true` also one that is in use: its numbers are unassigned, its campaigns lose it, and those that run are paused.
         */
        delete: {
            parameters: {
                query?: {
                    /** @description true or false */
                    force?: boolean;
                };
                header?: never;
                path: {
                    /** @description an assistant's id, like asst_01j… */
                    assistantId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change an assistant
         * @description Another connection goes to the carrier for each of its numbers, in the background: see routing_status.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description an assistant's id, like asst_01j… */
                    assistantId: string;
                };
                cookie?: never;
            };
            /** @description a JSON object with what is to change */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description a name of 1 to 100 characters */
                        name?: string;
                        /** @description one of outbound-setter, inbound-support, follow-up, custom */
                        templateId?: "outbound-setter" | "inbound-support" | "follow-up" | "custom";
                        /** @description true or false */
                        inboundEnabled?: boolean;
                        /** @description true or false */
                        outboundEnabled?: boolean;
                        /** @description the id of one of the carrier's connections, 1 to 64 letters, digits, - and _, or null for each number's own */
                        connectionId?: string | null;
                        /** @description a number in E.164 form, like +14155550101, or null for none */
                        fallbackNumber?: string | null;
                        /** @description a JSON object of at most 16 KiB */
                        metadata?: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            assistant: {
                                id: string;
                                team_id: string;
                                name: string;
                                /** @description outbound-setter, inbound-support, follow-up, custom */
                                template_id: string;
                                inbound_enabled: boolean;
                                outbound_enabled: boolean;
                                /** @description null: each number's own */
                                connection_id: string | null;
                                /** @description E.164 */
                                fallback_number: string | null;
                                metadata: {
                                    [key: string]: unknown;
                                };
                                /** @description its numbers in the mode of the request */
                                phone_number_count: number;
                                created_at: string;
                                updated_at: string;
                            };
                        };
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/assistants/{assistantId}/telephony/assign-phone-numbers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Point numbers at an assistant
         * @description They come to those that it has. All of them or none. A number of another assistant moves with `reassign: true` only.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description an assistant's id, like asst_01j… */
                    assistantId: string;
                };
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description a list of 1 to 1000 numbers, by id or in E.164 form */
                        phoneNumberIds: string[];
                        /**
                         * @description true or false
                         * @default false
                         */
                        reassign?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            assistant_id: string;
                            numbers: {
                                id: string;
                                /** @description E.164 */
                                phone_number: string;
                                status: string;
                                label: string | null;
                                assistant_id: string | null;
                                assistant_name: string | null;
                                /** @description whether the carrier has the connection that is wanted: in_sync, pending or failed */
                                routing_status: string;
                            }[];
                            count: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assistants/{assistantId}/telephony/phone-numbers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List an assistant's numbers, and those that it could be given */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description an assistant's id, like asst_01j… */
                    assistantId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            assistant_id: string;
                            numbers: {
                                id: string;
                                /** @description E.164 */
                                phone_number: string;
                                status: string;
                                label: string | null;
                                assistant_id: string | null;
                                assistant_name: string | null;
                                /** @description whether the carrier has the connection that is wanted: in_sync, pending or failed */
                                routing_status: string;
                            }[];
                            count: number;
                            /** @description active numbers that no assistant has */
                            available: {
                                id: string;
                                /** @description E.164 */
                                phone_number: string;
                                status: string;
                                label: string | null;
                                assistant_id: string | null;
                                assistant_name: string | null;
                                /** @description whether the carrier has the connection that is wanted: in_sync, pending or failed */
                                routing_status: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Replace an assistant's numbers
         * @description What is not in the list is unassigned, in the mode of the request. All or nothing.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description an assistant's id, like asst_01j… */
                    assistantId: string;
                };
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description a list of at most 1000 numbers, by id or in E.164 form */
                        phoneNumberIds: string[];
                        /**
                         * @description true or false
                         * @default false
                         */
                        reassign?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            assistant_id: string;
                            numbers: {
                                id: string;
                                /** @description E.164 */
                                phone_number: string;
                                status: string;
                                label: string | null;
                                assistant_id: string | null;
                                assistant_name: string | null;
                                /** @description whether the carrier has the connection that is wanted: in_sync, pending or failed */
                                routing_status: string;
                            }[];
                            count: number;
                        };
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/assistant-phone-numbers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List every number that an assistant has */
        get: {
            parameters: {
                query?: {
                    /** @description the id of your team, like team_01j… */
                    teamId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            numbers: {
                                id: string;
                                /** @description E.164 */
                                phone_number: string;
                                status: string;
                                label: string | null;
                                assistant_id: string | null;
                                assistant_name: string | null;
                                /** @description whether the carrier has the connection that is wanted: in_sync, pending or failed */
                                routing_status: string;
                            }[];
                            count: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a team's campaigns
         * @description Newest first, in one mode. All at once, or with `limit` in pages.
         */
        get: {
            parameters: {
                query?: {
                    /** @description the id of your team, like team_01j… */
                    teamId?: string;
                    /** @description a number's id, like pn_01j… */
                    phoneNumberId?: string;
                    /** @description a whole number from 1 to 100 */
                    limit?: number;
                    /** @description the next_cursor of the page before, as it is */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            campaigns: {
                                id: string;
                                team_id: string;
                                /** @description live or test */
                                mode: string;
                                name: string;
                                /** @description draft, running, paused, completed */
                                status: string;
                                assistant_id: string | null;
                                assistant_name: string | null;
                                /** @description calls a day from one number; null: no cap */
                                daily_cap_per_number: number | null;
                                phone_number_count: number;
                                created_at: string;
                                updated_at: string;
                            }[];
                            /** @description all that there are, not only this page */
                            count: number;
                            limit?: number;
                            /** @description null on the last page */
                            next_cursor?: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Make a campaign
         * @description A draft, which may lack anything but its name, or with `status: "running"` one that starts now.
         */
        post: {
            parameters: {
                query?: {
                    /** @description the id of your team, like team_01j… */
                    teamId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description the id of your team, like team_01j… */
                        teamId?: string;
                        /** @description a name of 1 to 100 characters */
                        name: string;
                        /** @description an assistant's id, like asst_01j…, or null for none */
                        assistantId?: string | null;
                        /** @description a list of at most 1000 numbers, each with phoneNumberId and weight */
                        fromNumbers?: {
                            /** @description a number's id, like pn_01j…, or the number in E.164 form */
                            phoneNumberId: string;
                            /** @description a whole number from 1 to 20 */
                            weight?: number;
                        }[];
                        /** @description a whole number from 1 to 100000, or null for no cap */
                        dailyCapPerNumber?: number | null;
                        /** @description one of draft, running */
                        status?: "draft" | "running";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            campaign: {
                                id: string;
                                team_id: string;
                                /** @description live or test */
                                mode: string;
                                name: string;
                                /** @description draft, running, paused, completed */
                                status: string;
                                assistant_id: string | null;
                                assistant_name: string | null;
                                /** @description calls a day from one number; null: no cap */
                                daily_cap_per_number: number | null;
                                phone_number_count: number;
                                created_at: string;
                                updated_at: string;
                                from_numbers: {
                                    phone_number_id: string;
                                    /** @description E.164 */
                                    phone_number: string;
                                    status: string;
                                    weight: number;
                                }[];
                            };
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/campaigns/{campaignId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a campaign */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description a campaign's id, like camp_01j… */
                    campaignId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            campaign: {
                                id: string;
                                team_id: string;
                                /** @description live or test */
                                mode: string;
                                name: string;
                                /** @description draft, running, paused, completed */
                                status: string;
                                assistant_id: string | null;
                                assistant_name: string | null;
                                /** @description calls a day from one number; null: no cap */
                                daily_cap_per_number: number | null;
                                phone_number_count: number;
                                created_at: string;
                                updated_at: string;
                                from_numbers: {
                                    phone_number_id: string;
                                    /** @description E.164 */
                                    phone_number: string;
                                    status: string;
                                    weight: number;
                                }[];
                            };
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Delete a campaign */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description a campaign's id, like camp_01j… */
                    campaignId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change, start, pause or complete a campaign
         * @description `fromNumbers` replaces all of its numbers.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description a campaign's id, like camp_01j… */
                    campaignId: string;
                };
                cookie?: never;
            };
            /** @description a JSON object with what is to change */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description a name of 1 to 100 characters */
                        name?: string;
                        /** @description an assistant's id, like asst_01j…, or null for none */
                        assistantId?: string | null;
                        /** @description a list of at most 1000 numbers, each with phoneNumberId and weight */
                        fromNumbers?: {
                            /** @description a number's id, like pn_01j…, or the number in E.164 form */
                            phoneNumberId: string;
                            /** @description a whole number from 1 to 20 */
                            weight?: number;
                        }[];
                        /** @description a whole number from 1 to 100000, or null for no cap */
                        dailyCapPerNumber?: number | null;
                        /** @description one of draft, running, paused, completed */
                        status?: "draft" | "running" | "paused" | "completed";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            campaign: {
                                id: string;
                                team_id: string;
                                /** @description live or test */
                                mode: string;
                                name: string;
                                /** @description draft, running, paused, completed */
                                status: string;
                                assistant_id: string | null;
                                assistant_name: string | null;
                                /** @description calls a day from one number; null: no cap */
                                daily_cap_per_number: number | null;
                                phone_number_count: number;
                                created_at: string;
                                updated_at: string;
                                from_numbers: {
                                    phone_number_id: string;
                                    /** @description E.164 */
                                    phone_number: string;
                                    status: string;
                                    weight: number;
                                }[];
                            };
                        };
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/test-api-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check an API key */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            message: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sign-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an account
         * @description The answer is the same whether the address is known or not; a mail to the address says it.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description an e-mail address */
                        email: string;
                        /** @description a password of 10 to 128 characters */
                        password: string;
                        /** @description a name of 1 to 100 characters */
                        name: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            message: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/verify-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm an address
         * @description With the token from the mail. Signs in.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description the token from the mail */
                        token: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            user: {
                                id: string;
                                email: string;
                                name: string;
                            };
                            /** @description empty for who is in no team yet */
                            teams: {
                                id: string;
                                name: string;
                                /** @description owner, admin or member */
                                role: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/resend-verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the link again
         * @description The answer is the same whether somebody waits for a link or not.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description an e-mail address */
                        email: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            message: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Sets the session cookie.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description an e-mail address */
                        email: string;
                        /** @description a password */
                        password: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            user: {
                                id: string;
                                email: string;
                                name: string;
                            };
                            /** @description empty for who is in no team yet */
                            teams: {
                                id: string;
                                name: string;
                                /** @description owner, admin or member */
                                role: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Ends the session and clears the cookie. Without a session nothing happens.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            message: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, and in which teams */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            user: {
                                id: string;
                                email: string;
                                name: string;
                            };
                            /** @description empty for who is in no team yet */
                            teams: {
                                id: string;
                                name: string;
                                /** @description owner, admin or member */
                                role: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change your name */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description a name of 1 to 100 characters */
                        name: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            user: {
                                id: string;
                                email: string;
                                name: string;
                            };
                            /** @description empty for who is in no team yet */
                            teams: {
                                id: string;
                                name: string;
                                /** @description owner, admin or member */
                                role: string;
                            }[];
                        };
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/auth/forgot-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a new password
         * @description Mails a token. The answer is the same whether the address is known or not.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description an e-mail address */
                        email: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            message: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a new password with the token from the mail
         * @description Also the first one. Ends all sessions, and confirms the address.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description the token from the mail */
                        token: string;
                        /** @description a password of 10 to 128 characters */
                        newPassword: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            message: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/change-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change your password
         * @description Ends your other sessions.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description a password */
                        currentPassword: string;
                        /** @description a password of 10 to 128 characters */
                        newPassword: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            message: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your teams
         * @description Those that a person is in, the first joined first; the one team of an API key.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            teams: {
                                id: string;
                                name: string;
                                slug: string;
                                plan: string;
                                /** @description the team's own figure, on the enterprise plan */
                                max_numbers: number | null;
                                /** @description what the one who asks is in it: owner, admin or member */
                                role: string;
                                created_at: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Make a team
         * @description On the Free plan. Whoever makes it is its owner.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description the name of the team, 1 to 100 characters */
                        name: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            team: {
                                id: string;
                                name: string;
                                slug: string;
                                plan: string;
                                /** @description the team's own figure, on the enterprise plan */
                                max_numbers: number | null;
                                /** @description what the one who asks is in it: owner, admin or member */
                                role: string;
                                created_at: string;
                            };
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/teams/{teamId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a team, and how much of its plan is used */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description the id of your team, like team_01j… */
                    teamId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            team: {
                                id: string;
                                name: string;
                                slug: string;
                                plan: string;
                                /** @description the team's own figure, on the enterprise plan */
                                max_numbers: number | null;
                                /** @description what the one who asks is in it: owner, admin or member */
                                role: string;
                                created_at: string;
                                numbers: {
                                    live: {
                                        /** @description numbers that hold a slot */
                                        held: number;
                                        /** @description numbers that the plan allows */
                                        limit: number;
                                    };
                                    test: {
                                        /** @description numbers that hold a slot */
                                        held: number;
                                        /** @description numbers that the plan allows */
                                        limit: number;
                                    };
                                };
                                /** @description for how many days a released number can be restored */
                                release_grace_days: number;
                            };
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Rename a team
         * @description Its slug stays.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description the id of your team, like team_01j… */
                    teamId: string;
                };
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description the name of the team, 1 to 100 characters */
                        name: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            team: {
                                id: string;
                                name: string;
                                slug: string;
                                plan: string;
                                /** @description the team's own figure, on the enterprise plan */
                                max_numbers: number | null;
                                /** @description what the one who asks is in it: owner, admin or member */
                                role: string;
                                created_at: string;
                                numbers: {
                                    live: {
                                        /** @description numbers that hold a slot */
                                        held: number;
                                        /** @description numbers that the plan allows */
                                        limit: number;
                                    };
                                    test: {
                                        /** @description numbers that hold a slot */
                                        held: number;
                                        /** @description numbers that the plan allows */
                                        limit: number;
                                    };
                                };
                                /** @description for how many days a released number can be restored */
                                release_grace_days: number;
                            };
                        };
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/teams/{teamId}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave a team
         * @description Your API keys of that team stop. The last owner cannot leave.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description the id of your team, like team_01j… */
                    teamId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What each plan allows
         * @description The smallest first. The operator puts a team on a plan.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            plans: {
                                /** @description free, starter, growth, business or enterprise */
                                id: string;
                                name: string;
                                /** @description numbers at a time in each mode; enterprise teams may have a figure of their own */
                                max_numbers: number;
                                /** @description without one, numbers are trials */
                                has_subscription: boolean;
                                /** @description how long a trial number lasts; null where there is none */
                                trial_days: number | null;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/teams/{teamId}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a team's members
         * @description The first joined first.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description the id of your team, like team_01j… */
                    teamId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            members: {
                                user_id: string;
                                email: string;
                                name: string;
                                /** @description owner, admin or member */
                                role: string;
                                joined_at: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/teams/{teamId}/members/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a member
         * @description Their API keys of this team stop. Only owners remove owners, and the last one stays.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description the id of your team, like team_01j… */
                    teamId: string;
                    /** @description the id of a person, like usr_01j… */
                    userId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change a member's role
         * @description Only owners make owners or change them.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description the id of your team, like team_01j… */
                    teamId: string;
                    /** @description the id of a person, like usr_01j… */
                    userId: string;
                };
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description one of owner, admin, member */
                        role: "owner" | "admin" | "member";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            member: {
                                user_id: string;
                                email: string;
                                name: string;
                                /** @description owner, admin or member */
                                role: string;
                                joined_at: string;
                            };
                        };
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/teams/{teamId}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a team's open invitations
         * @description Newest first: those that nobody has accepted or taken back, expired ones too.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description the id of your team, like team_01j… */
                    teamId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            invitations: {
                                id: string;
                                email: string;
                                /** @description owner, admin or member */
                                role: string;
                                invited_by: {
                                    id?: string;
                                    email?: string;
                                    name?: string;
                                } | null;
                                expires_at: string;
                                created_at: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Invite somebody into a team
         * @description They get a mail with a link, good for seven days. An open invitation for the same address ends. Only owners invite owners.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description the id of your team, like team_01j… */
                    teamId: string;
                };
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description an e-mail address */
                        email: string;
                        /** @description one of owner, admin, member */
                        role: "owner" | "admin" | "member";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            invitation: {
                                id: string;
                                email: string;
                                /** @description owner, admin or member */
                                role: string;
                                invited_by: {
                                    id?: string;
                                    email?: string;
                                    name?: string;
                                } | null;
                                expires_at: string;
                                created_at: string;
                            };
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/teams/{teamId}/invitations/{invitationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an invitation back */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description the id of your team, like team_01j… */
                    teamId: string;
                    /** @description the id of an invitation, like inv_01j… */
                    invitationId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation
         * @description For the person with the e-mail address that was invited.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description the token from the mail */
                        token: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            team: {
                                id: string;
                                name: string;
                                slug: string;
                                plan: string;
                                /** @description the team's own figure, on the enterprise plan */
                                max_numbers: number | null;
                                /** @description what the one who asks is in it: owner, admin or member */
                                role: string;
                                created_at: string;
                            };
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a team's API keys
         * @description Newest first, of both modes, revoked and expired ones too. The keys themselves are not in it.
         */
        get: {
            parameters: {
                query: {
                    /** @description the id of your team, like team_01j… */
                    teamId: string;
                    /** @description a whole number from 1 to 100 */
                    limit?: number;
                    /** @description the next_cursor of the page before, as it is */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            apiKeys: {
                                id: string;
                                /** @description the first characters of the key */
                                prefix: string;
                                name: string;
                                /** @description live or test */
                                mode: string;
                                scopes: string[];
                                /** @description requests an hour; null: the server's default */
                                rate_limit_per_hour: number | null;
                                /** @description to the minute */
                                last_used_at: string | null;
                                expires_at: string | null;
                                revoked_at: string | null;
                                created_by: {
                                    id?: string;
                                    email?: string;
                                    name?: string;
                                } | null;
                                created_at: string;
                            }[];
                            /** @description null on the last page */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Make an API key
         * @description It acts in your name, and never does more than your role in the team allows. `fullKey` is shown this once and cannot be had again.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description the id of your team, like team_01j… */
                        teamId: string;
                        /** @description live or test */
                        mode: "live" | "test";
                        /** @description a name for the key, 1 to 100 characters */
                        name: string;
                        /** @description a list of *, numbers:*, assistants:*, campaigns:*, routing:*, events:*, team:*, keys:*, webhooks:*, numbers:read, numbers:write, assistants:read, assistants:write, campaigns:read, campaigns:write, routing:read, routing:write, events:read, team:read, team:write, keys:read, keys:write, webhooks:read, webhooks:write */
                        scopes?: ("*" | "numbers:*" | "assistants:*" | "campaigns:*" | "routing:*" | "events:*" | "team:*" | "keys:*" | "webhooks:*" | "numbers:read" | "numbers:write" | "assistants:read" | "assistants:write" | "campaigns:read" | "campaigns:write" | "routing:read" | "routing:write" | "events:read" | "team:read" | "team:write" | "keys:read" | "keys:write" | "webhooks:read" | "webhooks:write")[];
                        /**
                         * Format: date-time
                         * @description a time in ISO 8601, like 2030-01-31T12:00:00Z
                         */
                        expiresAt?: string;
                        /** @description a whole number of requests an hour, from 1 to 1000000 */
                        rateLimitPerHour?: number;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            apiKey: {
                                id: string;
                                fullKey: string;
                                prefix: string;
                                name: string;
                                mode: string;
                                scopes: string[];
                                team_id: string;
                                /** @description requests an hour; null: the server's default */
                                rate_limit_per_hour: number | null;
                                expires_at: string | null;
                                created_at: string;
                            };
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/api-keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description It stops at once, on every server. Repeating it changes nothing.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description the id of an API key, like key_01j… */
                    keyId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            apiKey: {
                                id: string;
                                /** @description the first characters of the key */
                                prefix: string;
                                name: string;
                                /** @description live or test */
                                mode: string;
                                scopes: string[];
                                /** @description requests an hour; null: the server's default */
                                rate_limit_per_hour: number | null;
                                /** @description to the minute */
                                last_used_at: string | null;
                                expires_at: string | null;
                                revoked_at: string | null;
                                created_by: {
                                    id?: string;
                                    email?: string;
                                    name?: string;
                                } | null;
                                created_at: string;
                            };
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change an API key's name, end or limit */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description the id of an API key, like key_01j… */
                    keyId: string;
                };
                cookie?: never;
            };
            /** @description a JSON object with name, expiresAt, rateLimitPerHour or several of them */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description a name for the key, 1 to 100 characters */
                        name?: string;
                        /**
                         * Format: date-time
                         * @description a time in ISO 8601, like 2030-01-31T12:00:00Z, or null for none
                         */
                        expiresAt?: string | null;
                        /** @description a whole number of requests an hour, from 1 to 1000000 */
                        rateLimitPerHour?: number;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            apiKey: {
                                id: string;
                                /** @description the first characters of the key */
                                prefix: string;
                                name: string;
                                /** @description live or test */
                                mode: string;
                                scopes: string[];
                                /** @description requests an hour; null: the server's default */
                                rate_limit_per_hour: number | null;
                                /** @description to the minute */
                                last_used_at: string | null;
                                expires_at: string | null;
                                revoked_at: string | null;
                                created_by: {
                                    id?: string;
                                    email?: string;
                                    name?: string;
                                } | null;
                                created_at: string;
                            };
                        };
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/operator/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all teams
         * @description Newest first, with the numbers that hold a slot, and who became owner first.
         */
        get: {
            parameters: {
                query?: {
                    /** @description a part of the name or slug, or the whole id, 1 to 100 characters */
                    search?: string;
                    /** @description a whole number from 1 to 100 */
                    limit?: number;
                    /** @description the next_cursor of the page before, as it is */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            teams: {
                                id: string;
                                name: string;
                                slug: string;
                                plan: string;
                                /** @description the team's own figure */
                                max_numbers: number | null;
                                created_at: string;
                                numbers: {
                                    live: number;
                                    test: number;
                                };
                                owner: {
                                    id?: string;
                                    email?: string;
                                    name?: string;
                                } | null;
                            }[];
                            /** @description null on the last page */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        /** Make a team with its owner */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description the name of the team, 1 to 100 characters */
                        name: string;
                        /** @description one of free, starter, growth, business, enterprise */
                        plan: "free" | "starter" | "growth" | "business" | "enterprise";
                        /** @description a whole number from 1 to 100000, for the enterprise plan only */
                        maxNumbers?: number;
                        /** @description a JSON object */
                        owner: {
                            /** @description an e-mail address */
                            email: string;
                            /** @description the name of the owner, 1 to 100 characters */
                            name: string;
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            team: {
                                id: string;
                                name: string;
                                slug: string;
                                plan: string;
                                /** @description the team's own figure */
                                max_numbers: number | null;
                                created_at: string;
                            };
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operator/teams/{id}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put a team on a plan
         * @description A paid plan turns a trial number into a paid one.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description one of free, starter, growth, business, enterprise */
                        plan: "free" | "starter" | "growth" | "business" | "enterprise";
                        /** @description a whole number from 1 to 100000, for the enterprise plan only */
                        maxNumbers?: number;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            team: {
                                id: string;
                                name: string;
                                slug: string;
                                plan: string;
                                /** @description the team's own figure */
                                max_numbers: number | null;
                                created_at: string;
                            };
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operator/teams/{id}/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an API key for a team
         * @description `fullKey` is shown this once and cannot be had again.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description live or test */
                        mode: "live" | "test";
                        /** @description a name for the key, 1 to 100 characters */
                        name: string;
                        /** @description a list of *, numbers:*, assistants:*, campaigns:*, routing:*, events:*, team:*, keys:*, webhooks:*, numbers:read, numbers:write, assistants:read, assistants:write, campaigns:read, campaigns:write, routing:read, routing:write, events:read, team:read, team:write, keys:read, keys:write, webhooks:read, webhooks:write */
                        scopes?: ("*" | "numbers:*" | "assistants:*" | "campaigns:*" | "routing:*" | "events:*" | "team:*" | "keys:*" | "webhooks:*" | "numbers:read" | "numbers:write" | "assistants:read" | "assistants:write" | "campaigns:read" | "campaigns:write" | "routing:read" | "routing:write" | "events:read" | "team:read" | "team:write" | "keys:read" | "keys:write" | "webhooks:read" | "webhooks:write")[];
                        /**
                         * Format: date-time
                         * @description a time in ISO 8601, like 2030-01-31T12:00:00Z
                         */
                        expiresAt?: string;
                        /** @description a whole number of requests an hour, from 1 to 1000000 */
                        rateLimitPerHour?: number;
                        /**
                         * Format: email
                         * @description the e-mail address of a member of the team
                         */
                        createdByEmail?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            apiKey: {
                                id: string;
                                fullKey: string;
                                prefix: string;
                                name: string;
                                mode: string;
                                scopes: string[];
                                team_id: string;
                                /** @description requests an hour; null: the server's default */
                                rate_limit_per_hour: number | null;
                                expires_at: string | null;
                                created_at: string;
                            };
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operator/teams/{id}/api-keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description It stops at once, on every server.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    keyId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operator/attention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What needs a person
         * @description Orders and releases that have not settled for a day, the oldest first, with what they cost.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            items: {
                                /** @description number_order or release */
                                kind: string;
                                id: string;
                                team_id: string;
                                team_name: string;
                                mode: string;
                                phone_number: string;
                                state: string;
                                detail: string | null;
                                attempts: number;
                                /** @description USD */
                                monthly_price: string | null;
                                since: string;
                            }[];
                            count: number;
                            /** @description USD a month, as far as the prices are known */
                            monthly_cost: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operator/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The last comparison with the carrier
         * @description One report per mode that was ever compared.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            reports: {
                                id: string;
                                /** @description live or test */
                                mode: string;
                                started_at: string;
                                finished_at: string;
                                /** @description whether the run was to fix what can be fixed */
                                applied: boolean;
                                summary: {
                                    /** @description held at the carrier */
                                    numbers_there: number;
                                    /** @description active, suspended or releasing here */
                                    numbers_here: number;
                                    orders_compared: number;
                                    /** @description all of them, also where the report lists fewer */
                                    findings: number;
                                    by_kind: {
                                        unknown_here: number;
                                        gone_there: number;
                                        wrong_connection: number;
                                        order_open_too_long: number;
                                        state_different: number;
                                    };
                                    by_fix: {
                                        give_back: number;
                                        mark_gone: number;
                                        set_connection: number;
                                        settle: number;
                                        none: number;
                                    };
                                    /** @description suspects that were too many to look at again */
                                    unconfirmed: number;
                                    fixed: number;
                                    /** @description USD a month for numbers of ours that nobody here has, as far as the prices are known */
                                    unknown_monthly_cost: string;
                                    duration_ms: number;
                                };
                                /** @description at most 1000, what can be fixed first */
                                findings: {
                                    /** @description unknown_here, gone_there, wrong_connection, order_open_too_long, state_different */
                                    kind: string;
                                    /** @description E.164 */
                                    phone_number: string;
                                    phone_number_id?: string;
                                    order_id?: string;
                                    team_id?: string;
                                    carrier_number_id?: string;
                                    /** @description USD; null where it is not known */
                                    monthly_price: string | null;
                                    detail: string;
                                    /** @description give_back, mark_gone, set_connection, settle, none */
                                    fix: string;
                                    /** @description whether it was fixed */
                                    applied?: boolean;
                                    /** @description what came of the fix */
                                    outcome?: string;
                                }[];
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Compare our records with the carrier now
         * @description Takes as long as the account is large, and answers when it is done. With `apply` it also fixes what is safe to fix; numbers that this service did not buy are never touched.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description a JSON object */
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description true or false
                         * @default false
                         */
                        apply?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            reports: {
                                id: string;
                                /** @description live or test */
                                mode: string;
                                started_at: string;
                                finished_at: string;
                                /** @description whether the run was to fix what can be fixed */
                                applied: boolean;
                                summary: {
                                    /** @description held at the carrier */
                                    numbers_there: number;
                                    /** @description active, suspended or releasing here */
                                    numbers_here: number;
                                    orders_compared: number;
                                    /** @description all of them, also where the report lists fewer */
                                    findings: number;
                                    by_kind: {
                                        unknown_here: number;
                                        gone_there: number;
                                        wrong_connection: number;
                                        order_open_too_long: number;
                                        state_different: number;
                                    };
                                    by_fix: {
                                        give_back: number;
                                        mark_gone: number;
                                        set_connection: number;
                                        settle: number;
                                        none: number;
                                    };
                                    /** @description suspects that were too many to look at again */
                                    unconfirmed: number;
                                    fixed: number;
                                    /** @description USD a month for numbers of ours that nobody here has, as far as the prices are known */
                                    unknown_monthly_cost: string;
                                    duration_ms: number;
                                };
                                /** @description at most 1000, what can be fixed first */
                                findings: {
                                    /** @description unknown_here, gone_there, wrong_connection, order_open_too_long, state_different */
                                    kind: string;
                                    /** @description E.164 */
                                    phone_number: string;
                                    phone_number_id?: string;
                                    order_id?: string;
                                    team_id?: string;
                                    carrier_number_id?: string;
                                    /** @description USD; null where it is not known */
                                    monthly_price: string | null;
                                    detail: string;
                                    /** @description give_back, mark_gone, set_connection, settle, none */
                                    fix: string;
                                    /** @description whether it was fixed */
                                    applied?: boolean;
                                    /** @description what came of the fix */
                                    outcome?: string;
                                }[];
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: never;
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
