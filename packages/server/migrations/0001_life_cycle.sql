CREATE TABLE "carrier_events" (
	"id" text PRIMARY KEY NOT NULL,
	"reference" text,
	"carrier_order_id" text,
	"order_state" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"processed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "reconciliation_claims" (
	"mode" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reconciliation_reports" (
	"id" text PRIMARY KEY NOT NULL,
	"mode" text NOT NULL,
	"applied" boolean NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone NOT NULL,
	"summary" jsonb NOT NULL,
	"findings" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "label" text;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "deletion_lock" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "release_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "giving_back_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "give_back_attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "released_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "suspended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "suspension_ends_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "warned_days_left" integer;--> statement-breakpoint
CREATE INDEX "carrier_events_by_age" ON "carrier_events" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "reconciliation_reports_by_time" ON "reconciliation_reports" USING btree ("mode","started_at");--> statement-breakpoint
CREATE INDEX "number_orders_by_carrier_id" ON "number_orders" USING btree ("carrier_order_id") WHERE carrier_order_id is not null;--> statement-breakpoint
CREATE INDEX "phone_numbers_on_trial" ON "phone_numbers" USING btree ("trial_expires_at") WHERE is_trial;--> statement-breakpoint
CREATE INDEX "phone_numbers_suspended" ON "phone_numbers" USING btree ("suspension_ends_at") WHERE status = 'suspended';--> statement-breakpoint
CREATE INDEX "phone_numbers_releasing" ON "phone_numbers" USING btree ("release_at") WHERE status = 'releasing';