CREATE TABLE "campaign_numbers" (
	"campaign_id" text NOT NULL,
	"phone_number_id" text NOT NULL,
	"weight" integer NOT NULL,
	CONSTRAINT "campaign_numbers_campaign_id_phone_number_id_pk" PRIMARY KEY("campaign_id","phone_number_id")
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"mode" text NOT NULL,
	"name" text NOT NULL,
	"assistant_id" text,
	"daily_cap_per_number" integer,
	"status" text NOT NULL,
	"created_by" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "number_days" (
	"phone_number_id" text NOT NULL,
	"day" date NOT NULL,
	"outbound_calls" integer DEFAULT 0 NOT NULL,
	"answered" integer DEFAULT 0 NOT NULL,
	"rejected" integer DEFAULT 0 NOT NULL,
	"spam_flags" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "number_days_phone_number_id_day_pk" PRIMARY KEY("phone_number_id","day")
);
--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "template_id" text DEFAULT 'custom' NOT NULL;--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "inbound_enabled" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "outbound_enabled" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "connection_id" text;--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "fallback_number" text;--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "metadata" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "created_by" text;--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "updated_at" timestamp with time zone;--> statement-breakpoint
UPDATE "assistants" SET "updated_at" = "created_at";--> statement-breakpoint
ALTER TABLE "assistants" ALTER COLUMN "updated_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD COLUMN "started" json;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "routing_status" text DEFAULT 'in_sync' NOT NULL;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "routing_attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "routing_next_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "resting_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "last_call_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "campaign_numbers" ADD CONSTRAINT "campaign_numbers_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_numbers" ADD CONSTRAINT "campaign_numbers_phone_number_id_phone_numbers_id_fk" FOREIGN KEY ("phone_number_id") REFERENCES "public"."phone_numbers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_team_id_assistant_id_assistants_team_id_id_fk" FOREIGN KEY ("team_id","assistant_id") REFERENCES "public"."assistants"("team_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "number_days" ADD CONSTRAINT "number_days_phone_number_id_phone_numbers_id_fk" FOREIGN KEY ("phone_number_id") REFERENCES "public"."phone_numbers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "campaign_numbers_by_number" ON "campaign_numbers" USING btree ("phone_number_id");--> statement-breakpoint
CREATE INDEX "campaigns_of_team" ON "campaigns" USING btree ("team_id","mode","id");--> statement-breakpoint
CREATE INDEX "campaigns_of_assistant" ON "campaigns" USING btree ("assistant_id");--> statement-breakpoint
ALTER TABLE "assistants" ADD CONSTRAINT "assistants_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "phone_numbers_out_of_sync" ON "phone_numbers" USING btree ("routing_next_at") WHERE routing_status = 'pending';--> statement-breakpoint
CREATE INDEX "phone_numbers_by_number" ON "phone_numbers" USING btree ("team_id","mode","phone_number");
